package io.bailiwick.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.Config;
import io.bailiwick.CrmVisit;
import io.bailiwick.Visit;
import io.bailiwick.crm.Introduction;
import io.bailiwick.crm.oauth.Connecting.Code;
import io.bailiwick.crm.oauth.Connecting.Connected;
import io.bailiwick.crm.oauth.DataCentre;
import io.bailiwick.flow.TokenBook.Access;
import io.bailiwick.flow.TokenBook.Grant;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code connect}: lets Bailiwick in at Zoho, step by step. */
@Command(
    name = "connect",
    mixinStandardHelpOptions = true,
    description = {
      "Lets Bailiwick in at Zoho, step by step: says where to make a self client and with which"
          + " scopes, asks for client id, secret and code, exchanges the code, and keeps what came"
          + " of it encrypted in the journal. A running service takes it up without a restart.",
      "Without a terminal, standard input gives what no option gives, a line each, in the order"
          + " client id, client secret, code. No secret is an option."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:connected",
      "3:connected, but the CRM does not let the token do everything",
      "1:could not be connected; nothing was changed",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick connect --data-centre eu",
      "  bailiwick connect --guide                  says what to do, and asks nothing",
      "  bailiwick connect --guide --json           the scopes, for a script",
      "  bailiwick connect --client-id 1000.ABC --client-secret-file secret --code-file code"
    })
public final class ConnectCommand implements Callable<Integer> {

  private static final int NOT_ALL = 3;

  @Mixin private ConfigOption config;

  @Option(
      names = "--data-centre",
      paramLabel = "DC",
      description = "us, eu, in, au, jp, cn, sa or ca; without, crm.data-centre says it.")
  private @Nullable String centre;

  @Option(names = "--client-id", paramLabel = "ID", description = "The self client's id.")
  private @Nullable String clientId;

  @Option(
      names = "--client-secret-file",
      paramLabel = "FILE",
      description = "File with the self client's secret.")
  private @Nullable Path secretFile;

  @Option(names = "--code-file", paramLabel = "FILE", description = "File with the grant code.")
  private @Nullable Path codeFile;

  @Option(
      names = "--leads-a-day",
      paramLabel = "N",
      defaultValue = "1000",
      description = "For how many leads calls are counted (default: ${DEFAULT-VALUE}).")
  private long leads;

  @Option(names = "--guide", description = "Says what to do and asks nothing.")
  private boolean guide;

  @Option(
      names = "--json",
      description = "Answers in JSON: as whom it is connected, or with --guide the scopes.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Config read = config.read(Map.of());
    var crm = new CrmVisit(read, centre());
    PrintWriter out = spec.commandLine().getOut();
    if (guide && json) {
      say(ConnectJson.guide(crm.centre()).put("callsADay", calls(crm)), out);
      return 0;
    }
    ConnectText.guide(crm.centre(), json ? spec.commandLine().getErr() : out);
    if (guide) {
      facts(crm, out);
      return 0;
    }
    crm.needUse();
    Connected connected = crm.exchange(code(crm));
    URI home = crm.home(connected);
    keep(read, connected);
    Introduction who = crm.introduced(connected, home);
    String advice = ConnectText.baseUrl(crm.baseUrl(), home);
    if (json) {
      ObjectNode said = ConnectJson.connected(crm.centre(), who, home, advice);
      say(said.put("callsADay", calls(crm)), out);
    } else {
      out.println();
      ConnectText.who(who, home, advice, out);
      facts(crm, out);
    }
    return who.letIn() ? 0 : NOT_ALL;
  }

  private Code code(CrmVisit crm) throws IOException {
    var questions = new Questions();
    String id = clientId == null ? questions.ask("client id") : clientId;
    String secret = text(secretFile);
    String word = secret == null ? questions.askSecret("client secret") : secret;
    String code = text(codeFile);
    return crm.code(id, word, code == null ? questions.askSecret("code") : code);
  }

  /** By the service that holds the journal, or by opening it where none does. */
  private static void keep(Config config, Connected connected) {
    AskedService service = AskedService.find(config);
    Grant grant = connected.grant();
    Access access = connected.access();
    if (service == null) {
      Visit.tokens(
          config,
          book -> book.keep(grant.key(), access).thenCompose(done -> book.keepGrant(grant)));
      return;
    }
    ObjectNode wish = Json.mapper().createObjectNode().put("accounts", grant.accounts());
    wish.put("client_id", grant.clientId()).put("client_secret", grant.clientSecret());
    wish.put("refresh_token", grant.refreshToken()).put("access_token", access.token());
    wish.put("made_at", access.madeAt().toString());
    wish.put("expires_at", access.expiresAt().toString());
    if (access.apiDomain() != null) {
      wish.put("api_domain", access.apiDomain());
    }
    service.put("/v1/connection", wish);
  }

  private void facts(CrmVisit crm, PrintWriter out) {
    ConnectText.facts(leads, crm.readBack(), out);
  }

  private long calls(CrmVisit crm) {
    return ConnectText.calls(leads, crm.readBack());
  }

  private static void say(ObjectNode said, PrintWriter out) {
    out.println(Json.write(said));
    out.flush();
  }

  private @Nullable DataCentre centre() {
    try {
      return centre == null ? null : DataCentre.of(centre);
    } catch (IllegalArgumentException e) {
      String all = String.join(", ", DataCentre.words());
      throw new ParameterException(spec.commandLine(), "--data-centre is one of " + all);
    }
  }

  private static @Nullable String text(@Nullable Path file) throws IOException {
    return file == null ? null : Files.readString(file).strip();
  }
}
