package io.bailiwick.command;

import io.bailiwick.Config;
import io.bailiwick.Demo;
import io.bailiwick.Version;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
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
import java.nio.file.Path;
import java.util.List;
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
    description = {
      "Tests the rules: runs the fixture leads and stories through them.",
      "With --base it also says what a change of the rules would do, lead by lead, and by which"
          + " rule: the rules in rules/ against those of a git ref, a folder, a kept version's"
          + " hash, or those that serve."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything is as expected, and no decision changes",
      "2:decisions change, within rules/guardrails.yaml (with --base)",
      "3:an expectation or a guardrail failed, or a rule is fired by no fixture",
      "1:could not run (rules that do not compile, fixtures or leads that cannot be read)",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick replay                     rules/ over fixtures/",
      "  bailiwick replay --base HEAD         what the uncommitted changes would do",
      "  bailiwick replay --base serving      what publishing rules/ would do",
      "  bailiwick replay --base HEAD --history 30d --html change.html",
      "  bailiwick replay --leads export.csv --map rules/sources/zoho.yaml",
      "  bailiwick replay --mutants           what the fixtures do not notice",
      "  bailiwick replay --suggest fixtures/leads/edges.json",
      "  BAILIWICK_RULES_DIR=/tmp/rules bailiwick replay --json"
    })
public final class ReplayCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Mixin private BaseRun.Options against;

  @Mixin private LeadsOption leads;

  @Option(
      names = "--accept",
      description =
          "Shows which fixtures come out otherwise, then writes what they now are as expected.")
  private boolean accept;

  @Option(
      names = "--mutants",
      description =
          "Changes the rules one small thing at a time and says what no fixture notices; and which"
              + " conditions no fixture reaches.")
  private boolean mutants;

  @Option(
      names = "--suggest",
      paramLabel = "FILE",
      description =
          "Writes the fewest fixtures that would notice what none does, to FILE, for a person to"
              + " look at; their expectation is the present decision.")
  private @Nullable Path suggest;

  @Option(names = "--json", description = "Answers in JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Config read = config.read(leads.demo() ? Demo.DEFAULTS : Map.of());
    if (against.given()) {
      return new BaseRun(read, against, leads, json)
          .tell(RuleFolder.read(read.rules()), spec.commandLine());
    }
    if (leads.given()) {
      return new LeadsRun(read, leads, json).tell(spec.commandLine());
    }
    Fixtures fixtures = FixtureFolder.read(read.fixtures());
    var settings =
        JudgeSettings.onCallersThread(read.propagation(), Version.BAILIWICK)
            .trusting(read.trusted());
    Compilation compiled =
        CompiledRules.of(RuleFolder.read(read.rules()), settings, spec.commandLine().getErr());
    if (compiled instanceof Compilation.Refused refused) {
      refused.flaws().forEach(flaw -> spec.commandLine().getErr().println(flaw.told()));
      return 1;
    }
    try (Rulebook rulebook = ((Compilation.Ready) compiled).rulebook()) {
      if (accept) {
        accept(fixtures, rulebook, read.fixtures());
        return 0;
      }
      ReplayResult result = Replay.run(fixtures, rulebook, new SandboxWorlds(read.propagation()));
      if (mutants || suggest != null) {
        new MutantRun(spec.commandLine(), json).run(fixtures, rulebook, suggest);
      }
      tell(result);
      against.junit(result);
      return result.exitStatus();
    }
  }

  private void accept(Fixtures fixtures, Rulebook rulebook, Path folder) {
    var out = spec.commandLine().getOut();
    List<NewExpectations.Renewed> renewed = NewExpectations.of(fixtures, rulebook);
    for (NewExpectations.Renewed one : renewed) {
      out.println(one.fixture().place() + "  " + one.fixture().name());
      one.differences().forEach(line -> out.println("      " + line));
    }
    NewExpectations.write(renewed, folder);
    out.printf(
        "%d expectations written in %s; stories are left as they are%n", renewed.size(), folder);
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
