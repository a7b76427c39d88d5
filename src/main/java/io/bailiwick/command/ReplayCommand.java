package io.bailiwick.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.Config;
import io.bailiwick.Demo;
import io.bailiwick.Version;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import io.bailiwick.replay.FixtureFolder;
import io.bailiwick.replay.Fixtures;
import io.bailiwick.replay.Replay;
import io.bailiwick.replay.ReplayJson;
import io.bailiwick.replay.ReplayResult;
import io.bailiwick.replay.ReplayText;
import io.bailiwick.replay.RuleFolder;
import io.bailiwick.replay.leads.LeadOutcomes;
import io.bailiwick.replay.leads.LeadOutcomesReport;
import io.bailiwick.replay.leads.LeadStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code replay}: the fixtures through the rules, as the service would judge them. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Tests the rules: runs the fixture leads and stories through them.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything is as expected",
      "3:an expectation failed, or a rule is fired by no fixture",
      "1:could not run (rules that do not compile, fixtures or leads that cannot be read)",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick replay                     rules/ over fixtures/",
      "  BAILIWICK_RULES_DIR=/tmp/rules bailiwick replay --json",
      "  bailiwick replay --leads export.csv --map rules/sources/zoho.yaml",
      "  bailiwick replay --leads leads.ndjson.gz --territories fixtures/territories.json"
    })
public final class ReplayCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Option(names = "--json", description = "Answers in JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Mixin private LeadsOption leads;

  @Option(
      names = "--territories",
      paramLabel = "FILE",
      description = "With --leads: territories in the form of fixtures/territories.json.")
  private @Nullable Path territories;

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description = "With --leads: the instant to decide at, such as 2026-01-15T12:00:00Z; now.")
  private @Nullable Instant at;

  @Option(names = "--demo", description = "Takes the demo's journal, data/demo.db.")
  private boolean demo;

  @Override
  public Integer call() {
    Config read = config.read(demo ? Demo.DEFAULTS : Map.of());
    if (leads.given()) {
      return decideLeads(read);
    }
    Fixtures fixtures = FixtureFolder.read(read.fixtures());
    try (Rulebook rulebook = compiled(read, 0)) {
      if (rulebook == null) {
        return 1;
      }
      ReplayResult result = Replay.run(fixtures, rulebook, new SandboxWorlds(read.propagation()));
      tell(result);
      return result.exitStatus();
    }
  }

  /** Any leads by the present rules, beside the territories as they are known. */
  private int decideLeads(Config read) {
    Instant clock = at == null ? Instant.now() : at;
    int threads = Runtime.getRuntime().availableProcessors();
    try (LeadStream stream = leads.open(read);
        Rulebook rulebook = compiled(read, Math.min(threads, JudgeSettings.MAX_THREADS))) {
      if (rulebook == null) {
        return 1;
      }
      var known = KnownTerritories.find(territories, read, clock);
      var progress = Progress.onTerminal(spec.commandLine().getErr());
      var outcomes =
          LeadOutcomes.of(stream, rulebook, known.snapshot(), clock, progress.of(stream));
      progress.end();
      tell(new LeadOutcomesReport(outcomes, stream), known, rulebook, clock);
      return new LeadOutcomesReport(outcomes, stream).exitStatus();
    }
  }

  private void tell(
      LeadOutcomesReport report, KnownTerritories known, Rulebook rulebook, Instant clock) {
    var out = spec.commandLine().getOut();
    if (json) {
      ObjectNode body = report.json();
      body.put("territoriesFrom", known.said()).put("rulebook", rulebook.hash());
      out.println(Json.write(body.put("at", clock.toString())));
    } else {
      out.printf("%s; at %s; rulebook %.12s%n", known.said(), clock, rulebook.hash());
      out.print(report.text());
      out.flush();
    }
  }

  /** The present rules, judging on that many threads; null where they do not compile, as told. */
  private @Nullable Rulebook compiled(Config read, int threads) {
    var settings =
        JudgeSettings.onCallersThread(read.propagation(), Version.BAILIWICK)
            .trusting(read.trusted())
            .onThreads(threads);
    Compilation compiled = RulebookCompiler.compile(RuleFolder.read(read.rules()), settings);
    if (compiled instanceof Compilation.Refused refused) {
      refused.flaws().forEach(flaw -> spec.commandLine().getErr().println(flaw.told()));
      return null;
    }
    return ((Compilation.Ready) compiled).rulebook();
  }

  private void tell(ReplayResult result) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(ReplayJson.of(result)));
    } else {
      out.print(ReplayText.of(result, Ansi.AUTO.enabled()));
      out.flush();
    }
  }
}
