package io.bailiwick.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.Config;
import io.bailiwick.Version;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.json.Json;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.replay.RuleFolder;
import io.bailiwick.replay.leads.LeadOutcomes;
import io.bailiwick.replay.leads.LeadOutcomesReport;
import io.bailiwick.replay.leads.LeadStream;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** Any leads by the present rules, beside the territories as they are known, at one instant. */
record LeadsRun(Config config, LeadsOption leads, boolean json) {

  /** Decides them all and says what came of it; answers the exit code. */
  int tell(CommandLine commandLine) {
    Instant clock = leads.clock();
    KnownTerritories known = leads.territories(config, clock);
    try (LeadStream stream = leads.open(config);
        Rulebook rulebook = compiled(commandLine.getErr())) {
      var progress = Progress.onTerminal(commandLine.getErr());
      var outcomes =
          LeadOutcomes.of(stream, rulebook, known.snapshot(), clock, progress.of(stream));
      progress.end();
      var report = new LeadOutcomesReport(outcomes, stream);
      var out = commandLine.getOut();
      if (json) {
        ObjectNode body = report.json();
        body.put("territoriesFrom", known.said()).put("at", clock.toString());
        out.println(Json.write(body.put("rulebook", rulebook.hash())));
      } else {
        out.printf("%s; at %s; rulebook %.12s%n", known.said(), clock, rulebook.hash());
        out.print(report.text());
        out.flush();
      }
      return report.exitStatus();
    }
  }

  private Rulebook compiled(PrintWriter err) {
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), JudgeSettings.MAX_THREADS);
    var settings =
        JudgeSettings.onCallersThread(config.propagation(), Version.BAILIWICK)
            .trusting(config.trusted())
            .onThreads(threads);
    Compilation compiled = CompiledRules.of(RuleFolder.read(config.rules()), settings, err);
    if (compiled instanceof Compilation.Ready ready) {
      return ready.rulebook();
    }
    throw new IllegalArgumentException(
        ((Compilation.Refused) compiled)
            .flaws().stream().map(RuleFlaw::told).collect(Collectors.joining("\n")));
  }
}
