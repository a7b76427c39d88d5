package io.bailiwick.command;

import io.bailiwick.Demo;
import io.bailiwick.json.TerritoriesJson;
import io.bailiwick.lead.Nullable;
import io.bailiwick.sandbox.Persona;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.sandbox.SandboxServer;
import io.bailiwick.sandbox.SandboxSettings;
import io.bailiwick.sandbox.SettableClock;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sandbox}: the pretend Zoho alone, until it is told to stop. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = "Runs the pretend CRM alone, for trying things and for tests.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:stopped on request", "1:could not start", "64:wrong command line"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick sandbox --port 8090",
      "  bailiwick sandbox --adopt              unknown record ids become new records",
      "  bailiwick sandbox --persona large      5,000 territories on 25 pages",
      "  bailiwick sandbox --persona leads-off  leads have no territories"
    })
public final class SandboxCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      defaultValue = "8090",
      description = "Port, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--fixtures",
      defaultValue = "fixtures",
      description = "Folder with territories.json (default: ${DEFAULT-VALUE}).")
  private Path fixtures;

  @Option(names = "--adopt", description = "Make a record of every id that is not known.")
  private boolean adopt;

  @Option(
      names = "--persona",
      description =
          "The organisation to be, in place of the fixtures: small (a root and three regions),"
              + " large (5,000 territories on 25 pages), feature-off (no territory management),"
              + " leads-off (none for leads).")
  private @Nullable String persona;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    SandboxModel model = model(SandboxSettings.STANDARD.withPort(port).withAdopt(adopt));
    Vertx vertx = Vertx.vertx();
    var server = new SandboxServer(vertx, model);
    int listening = server.start().toCompletableFuture().join();
    var out = spec.commandLine().getOut();
    out.printf("The sandbox CRM listens on http://localhost:%d%n", listening);
    out.printf("  token: %s%n", model.settings().token());
    out.printf("  state: http://localhost:%d/sandbox/state (docs/sandbox.md)%n", listening);
    out.flush();
    StopRequest.await(
        () -> {
          server.stop().toCompletableFuture().join();
          vertx.close().toCompletionStage().toCompletableFuture().join();
        });
    return 0;
  }

  private SandboxModel model(SandboxSettings settings) {
    var clock = new SettableClock();
    if (persona == null) {
      TerritoriesJson.World world = Demo.territories(fixtures);
      return new SandboxModel(settings, world.reading(), world.userId(), clock);
    }
    Persona chosen = Persona.ofWord(persona);
    if (chosen == null) {
      String message = "--persona is one of " + Persona.words() + ", not " + persona;
      throw new ParameterException(spec.commandLine(), message);
    }
    return new SandboxModel(settings, chosen.territories(), Persona.USER, clock)
        .opening(chosen.orders());
  }
}
