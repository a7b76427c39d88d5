package io.bailiwick.command;

import io.bailiwick.Config;
import io.bailiwick.Version;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.json.Json;
import io.bailiwick.replay.FixtureFolder;
import io.bailiwick.replay.Fixtures;
import io.bailiwick.replay.Replay;
import io.bailiwick.replay.ReplayJson;
import io.bailiwick.replay.ReplayResult;
import io.bailiwick.replay.ReplayText;
import io.bailiwick.replay.RuleFolder;
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
      "1:could not run (rules that do not compile, fixtures that cannot be read)",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick replay                     rules/ over fixtures/",
      "  BAILIWICK_RULES_DIR=/tmp/rules bailiwick replay --json"
    })
public final class ReplayCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Option(names = "--json", description = "Answers in JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Config read = config.read(Map.of());
    Fixtures fixtures = FixtureFolder.read(read.fixtures());
    var settings =
        JudgeSettings.onCallersThread(read.propagation(), Version.BAILIWICK)
            .trusting(read.trusted());
    Compilation compiled = RulebookCompiler.compile(RuleFolder.read(read.rules()), settings);
    if (compiled instanceof Compilation.Refused refused) {
      refused.flaws().forEach(flaw -> spec.commandLine().getErr().println(flaw.told()));
      return 1;
    }
    try (Rulebook rulebook = ((Compilation.Ready) compiled).rulebook()) {
      ReplayResult result = Replay.run(fixtures, rulebook, new SandboxWorlds(read.propagation()));
      tell(result);
      return result.exitStatus();
    }
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
