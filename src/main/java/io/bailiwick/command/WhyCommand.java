package io.bailiwick.command;

import io.bailiwick.Demo;
import io.bailiwick.json.EntryJson;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.HistoryLine;
import io.bailiwick.lead.Receipt;
import io.bailiwick.store.SqliteReader;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code why}: what became of a lead and by which rule, read beside a running service. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    description = "Says what became of a recorded lead, by which rule, and what lost.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:said", "1:no such lead, or no journal", "64:wrong command line"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick why --demo 019b2f0e-7a51-7c3e-8f55-0d8c3a1b9e77",
      "  bailiwick why --config bailiwick.yaml --json 019b2f0e-7a51-7c3e-8f55-0d8c3a1b9e77"
    })
public final class WhyCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Option(names = "--demo", description = "Reads the demo's journal, data/demo.db.")
  private boolean demo;

  @Option(names = "--json", description = "Answers in JSON.")
  private boolean json;

  @Parameters(paramLabel = "LEAD", description = "The lead's id, as its POST was answered.")
  private String id;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var path = config.read(demo ? Demo.DEFAULTS : Map.of()).journal();
    PrintWriter out = spec.commandLine().getOut();
    try (var reader = SqliteReader.open(path)) {
      var found = reader.find(id).toCompletableFuture().join();
      if (found.isEmpty()) {
        spec.commandLine().getErr().printf("There is no lead %s in %s.%n", id, path);
        return 1;
      }
      List<HistoryLine> history = reader.history(id).toCompletableFuture().join();
      if (json) {
        out.println(Json.write(EntryJson.write(found.get(), history)));
      } else {
        tell(found.get(), history, out);
      }
      return 0;
    }
  }

  private static void tell(Entry entry, List<HistoryLine> history, PrintWriter out) {
    out.printf("%s is %s%n", entry.id(), standing(entry));
    Decision decision = entry.decision();
    if (decision != null) {
      tell(decision.receipt(), out);
    }
    out.println();
    history.forEach(
        line -> out.printf("%s  %-10s %s%n", line.at(), line.stage().status(), line.note()));
  }

  private static String standing(Entry entry) {
    var text = new StringBuilder(entry.stage().status());
    if (entry.territory() != null) {
      text.append(", territory \"").append(entry.territory().name()).append('"');
    }
    if (entry.reason() != null) {
      text.append(": ").append(entry.reason().word());
    }
    if (entry.parkReason() != null) {
      text.append(": ").append(entry.parkReason().word());
    }
    if (entry.blocker() != null) {
      text.append(" / ").append(entry.blocker());
    }
    if (entry.due() != null) {
      text.append(", looked at again at ").append(entry.due()).append(" at the latest");
    }
    return text.toString();
  }

  private static void tell(Receipt receipt, PrintWriter out) {
    if (receipt.winner() == null) {
      out.println("  no rule won");
    } else {
      tell("won   ", receipt.winner(), "", out);
    }
    if (receipt.readiness() != null) {
      tell("queued", receipt.readiness(), "", out);
    }
    receipt.runnersUp().forEach(lost -> tell("lost  ", lost.hit(), ": " + lost.why(), out));
    if (receipt.detail() != null) {
      out.println("  " + receipt.detail());
    }
    out.printf(
        "  decided at %s, rulebook %.12s, territories %.12s%n",
        receipt.decidedAt(), receipt.rulebook(), receipt.snapshot());
  }

  private static void tell(String how, Receipt.RuleHit hit, String more, PrintWriter out) {
    out.printf(
        "  %s  \"%s\" (%s, salience %d)%s%n", how, hit.rule(), hit.place(), hit.salience(), more);
  }
}
