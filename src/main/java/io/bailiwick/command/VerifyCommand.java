package io.bailiwick.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.Config;
import io.bailiwick.Demo;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Stage;
import io.bailiwick.replay.leads.LeadHistory;
import io.bailiwick.replay.receipts.Difference;
import io.bailiwick.replay.receipts.JournalCheck;
import io.bailiwick.replay.receipts.ReceiptFile;
import io.bailiwick.replay.receipts.Standing;
import io.bailiwick.replay.receipts.Verified;
import io.bailiwick.replay.receipts.Verifier;
import io.bailiwick.store.SqlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code verify}: decisions made again from their receipts. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Decides again from a receipt: the lead, the rules of that hash and the territories of that"
          + " id, which the journal keeps, at the decision's instant; and compares byte for byte.",
      "Counted apart, and no difference: leads that were erased, decisions of other versions, what"
          + " is no longer kept. territories.propagation must be as it was."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the same",
      "3:different; the first difference is named with its JSON pointer",
      "1:could not be decided again (no such lead, not decided, no longer kept)",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick verify --demo 019b2f0e-7a51-7c3e-8f55-0d8c3a1b9e77",
      "  bailiwick verify answer.json         as GET /v1/leads/ID answered",
      "  bailiwick verify --all --json        every decision of the journal"
    })
public final class VerifyCommand implements Callable<Integer> {

  private static final int DIFFERENT = 3;
  private static final int TOLD = 20;

  @Mixin private ConfigOption config;

  @Option(names = "--demo", description = "Reads the demo's journal, data/demo.db.")
  private boolean demo;

  @Option(names = "--all", description = "Verifies every decision of the journal.")
  private boolean all;

  @Option(names = "--json", description = "Answers in JSON.")
  private boolean json;

  @Parameters(
      arity = "0..1",
      paramLabel = "RECEIPT",
      description = "A recorded lead's id, or a JSON file with its lead and decision.")
  private @Nullable String receipt;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (all == (receipt != null)) {
      throw new ParameterException(
          spec.commandLine(), "Either one RECEIPT or --all: which decision is meant?");
    }
    Config read = config.read(demo ? Demo.DEFAULTS : Map.of());
    try (var journal = SqlReader.open(read.journal());
        var verifier =
            new Verifier(
                new KeptRules(journal, read)::compiled,
                id -> journal.snapshot(id).toCompletableFuture().join())) {
      return receipt == null ? all(journal, verifier) : one(journal, verifier, receipt);
    }
  }

  private int one(SqlReader journal, Verifier verifier, String typed) throws IOException {
    Verified verified;
    if (typed.endsWith(".json") && Files.isRegularFile(Path.of(typed))) {
      var file = ReceiptFile.read(Files.readAllBytes(Path.of(typed)));
      verified = verifier.verify(file.lead(), file.decision());
    } else {
      var found = journal.find(typed).toCompletableFuture().join();
      if (found.isEmpty()) {
        spec.commandLine().getErr().printf("There is no lead %s in the journal.%n", typed);
        return 1;
      }
      Entry entry = found.get();
      verified =
          entry.stage() == Stage.ERASED
              ? new Verified(
                  Standing.ERASED, null, "at " + entry.changedAt() + "; its decision stays")
              : verifier.verify(entry.lead(), entry.decision());
    }
    tell(typed, verified);
    return switch (verified.standing()) {
      case SAME -> 0;
      case DIFFERENT -> DIFFERENT;
      default -> 1;
    };
  }

  private void tell(String typed, Verified verified) {
    var out = spec.commandLine().getOut();
    Difference difference = verified.difference();
    if (json) {
      ObjectNode body = Json.mapper().createObjectNode();
      body.put("receipt", typed).put("standing", verified.standing().word());
      if (verified.detail() != null) {
        body.put("detail", verified.detail());
      }
      if (difference != null) {
        body.setAll(object(difference));
      }
      out.println(Json.write(body));
      return;
    }
    out.printf("%s: %s%n", typed, verified.standing().said());
    if (verified.detail() != null) {
      out.println("  " + verified.detail());
    }
    if (difference != null) {
      tell(difference, "  ");
    } else if (verified.standing() == Standing.OTHER_ENGINE) {
      out.println("  this version decides the same");
    }
  }

  private int all(SqlReader journal, Verifier verifier) {
    var history = new LeadHistory(journal, Instant.EPOCH, Instant.now());
    var progress = Progress.onTerminal(spec.commandLine().getErr());
    JournalCheck check = JournalCheck.of(history, verifier, progress.of(history));
    progress.end();
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(object(check, history.rows())));
      return check.exitStatus();
    }
    check.otherwise().stream()
        .limit(TOLD)
        .forEach(
            one -> {
              out.printf("%s: %s%n", one.lead(), Standing.DIFFERENT.said());
              tell(one.difference(), "  ");
            });
    out.printf("%,d recorded leads%n", history.rows());
    for (Standing standing : Standing.values()) {
      if (check.count(standing) > 0) {
        out.printf("%,12d  %s%n", check.count(standing), standing.said());
      }
    }
    out.flush();
    return check.exitStatus();
  }

  private void tell(Difference difference, String indent) {
    spec.commandLine()
        .getOut()
        .printf(
            "%sat %s%n%s  recorded %s%n%s  now      %s%n",
            indent,
            difference.pointer(),
            indent,
            difference.recorded(),
            indent,
            difference.decided());
  }

  private static ObjectNode object(Difference difference) {
    return Json.mapper()
        .createObjectNode()
        .put("pointer", difference.pointer())
        .put("recorded", difference.recorded())
        .put("decided", difference.decided());
  }

  private static ObjectNode object(JournalCheck check, long rows) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("exit", check.exitStatus()).put("leads", rows);
    for (Standing standing : Standing.values()) {
      body.put(standing.word(), check.count(standing));
    }
    ArrayNode different = body.putArray("differences");
    check
        .otherwise()
        .forEach(
            one -> different.addObject().put("lead", one.lead()).setAll(object(one.difference())));
    return body;
  }
}
