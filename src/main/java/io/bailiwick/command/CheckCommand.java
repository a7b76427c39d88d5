package io.bailiwick.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.Config;
import io.bailiwick.Demo;
import io.bailiwick.Version;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.json.Json;
import io.bailiwick.json.LeadJson;
import io.bailiwick.lead.Finding;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.replay.RuleFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code check}: what is wrong with the rules, without running a fixture. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Reads the rules and says what is wrong with them, as file:line: what they say that does not"
          + " compile, ties, rules that are shadowed or never fire, territories the CRM lacks,"
          + " leads that no rule covers. Each example was decided by the engine.",
      "What is said as gap, unused or unknown is for you to know; the rest is to be mended."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing to mend",
      "3:something to mend: a flaw, a tie, a rule that is shadowed or never fires",
      "1:could not run (no rules, no territories)",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick check",
      "  bailiwick check --territories fixtures/territories.json --json"
    })
public final class CheckCommand implements Callable<Integer> {

  private static final int TO_MEND = 3;

  @Mixin private ConfigOption config;

  @Option(names = "--demo", description = "Takes the territories of the demo's journal.")
  private boolean demo;

  @Option(
      names = "--territories",
      paramLabel = "FILE",
      description = "Territories in the form of fixtures/territories.json.")
  private @Nullable Path territories;

  @Option(names = "--json", description = "Answers in JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Config read = config.read(demo ? Demo.DEFAULTS : Map.of());
    Instant now = Instant.now();
    KnownTerritories known = KnownTerritories.find(territories, read, now);
    var settings =
        JudgeSettings.onCallersThread(read.propagation(), Version.BAILIWICK)
            .trusting(read.trusted());
    Compilation compiled =
        CompiledRules.of(RuleFolder.read(read.rules()), settings, spec.commandLine().getErr());
    if (compiled instanceof Compilation.Refused refused) {
      refuse(refused.flaws());
      return TO_MEND;
    }
    var ready = (Compilation.Ready) compiled;
    try (Rulebook rulebook = ready.rulebook()) {
      List<Finding> findings =
          Progress.onTerminal(spec.commandLine().getErr())
              .during(
                  "analysing the rules",
                  () -> rulebook.check(known.snapshot(), now).toCompletableFuture().join());
      tell(findings, ready.warnings(), rulebook, known);
      return findings.stream().anyMatch(finding -> finding.kind().error()) ? TO_MEND : 0;
    }
  }

  private void refuse(List<RuleFlaw> flaws) {
    if (json) {
      ObjectNode body = Json.mapper().createObjectNode();
      body.set("flaws", Json.tree(flaws));
      spec.commandLine().getOut().println(Json.write(body));
    } else {
      flaws.forEach(flaw -> spec.commandLine().getErr().println(flaw.told()));
    }
  }

  private void tell(
      List<Finding> findings, List<RuleFlaw> warnings, Rulebook rulebook, KnownTerritories known) {
    PrintWriter out = spec.commandLine().getOut();
    long rules = rulebook.rules().stream().map(rule -> rule.rule()).distinct().count();
    if (json) {
      ObjectNode body = Json.mapper().createObjectNode();
      body.put("rulebook", rulebook.hash()).put("rules", rules).put("territories", known.said());
      ArrayNode list = body.putArray("findings");
      findings.forEach(finding -> list.add(object(finding)));
      out.println(Json.write(body));
      return;
    }
    out.println(known.said());
    warnings.forEach(warning -> out.println(warning.told()));
    for (Finding finding : findings) {
      out.println(finding.told());
      if (finding.example() != null) {
        out.println("    lead " + Json.write(LeadJson.posted(finding.example())));
      }
    }
    long errors = findings.stream().filter(finding -> finding.kind().error()).count();
    out.printf("%d rules, %d to mend, %d to know%n", rules, errors, findings.size() - errors);
  }

  private static ObjectNode object(Finding finding) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("kind", finding.kind().word()).put("error", finding.kind().error());
    body.put("file", finding.file()).put("line", finding.line());
    body.put("rule", finding.rule()).put("message", finding.message());
    if (finding.example() != null) {
      body.set("example", LeadJson.posted(finding.example()));
      body.put("at", String.valueOf(finding.at()));
    }
    return body;
  }
}
