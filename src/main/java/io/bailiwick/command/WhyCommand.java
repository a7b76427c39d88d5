package io.bailiwick.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.Config;
import io.bailiwick.Demo;
import io.bailiwick.Version;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.flow.Probes;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.json.EntryJson;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.HistoryLine;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.lead.WhyNot;
import io.bailiwick.store.SqlReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code why}: what becomes of a lead and by which rule; and why not otherwise. */
@Command(
    name = "why",
    mixinStandardHelpOptions = true,
    description = {
      "Says what becomes of a lead, by which rule, what lost and what came near; with --not, why it"
          + " does not go to a territory, and which change of one field would send it there.",
      "LEAD is a recorded lead's id, a fixture's place or name, a JSON file, or JSON itself."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:said", "1:no such lead, or no journal", "64:wrong command line"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick why --demo 019b2f0e-7a51-7c3e-8f55-0d8c3a1b9e77",
      "  bailiwick why leads/regions.json#1 --not Enterprise",
      "  bailiwick why '{\"country\":\"US\",\"employees\":480}' --not Enterprise --json"
    })
public final class WhyCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Option(names = "--demo", description = "Reads the demo's journal, data/demo.db.")
  private boolean demo;

  @Option(names = "--not", paramLabel = "TERRITORY", description = "Why it does not go there.")
  private @Nullable String territory;

  @Option(names = "--json", description = "Answers in JSON.")
  private boolean json;

  @Parameters(paramLabel = "LEAD", description = "Which lead.")
  private String typed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Config read = config.read(demo ? Demo.DEFAULTS : Map.of());
    Optional<AskedLead> found = AskedLead.find(typed, read);
    if (found.isEmpty()) {
      spec.commandLine()
          .getErr()
          .printf("There is no lead %s in %s, and no such fixture.%n", typed, read.journal());
      return 1;
    }
    AskedLead asked = found.get();
    if (asked.entry() != null && territory == null) {
      recorded(asked.entry(), read);
      return 0;
    }
    if (asked.gone() != null) {
      spec.commandLine().getErr().println(asked.gone());
      return 1;
    }
    var settings =
        JudgeSettings.onCallersThread(read.propagation(), Version.BAILIWICK)
            .trusting(read.trusted());
    Compilation compiled = CompiledRules.of(asked.rules(), settings, spec.commandLine().getErr());
    if (compiled instanceof Compilation.Refused refused) {
      refused.flaws().stream().map(RuleFlaw::told).forEach(spec.commandLine().getErr()::println);
      return 1;
    }
    try (Rulebook rulebook = ((Compilation.Ready) compiled).rulebook()) {
      tell(asked, rulebook);
      return 0;
    }
  }

  private void recorded(Entry entry, Config read) {
    var out = spec.commandLine().getOut();
    try (var reader = SqlReader.open(read.journal())) {
      List<HistoryLine> history = reader.history(entry.id()).toCompletableFuture().join();
      if (json) {
        out.println(Json.write(EntryJson.write(entry, history)));
      } else {
        new WhyText(out).entry(entry, history);
      }
    }
  }

  private void tell(AskedLead asked, Rulebook rulebook) {
    Decision decision =
        rulebook
            .judge(List.of(asked.asked()), asked.territories(), asked.at())
            .toCompletableFuture()
            .join()
            .get(0);
    Probes probes = rulebook.probes().orElse(null);
    WhyNot not =
        probes == null || territory == null
            ? null
            : probes.whyNot(asked.lead(), asked.territories(), asked.at(), territory);
    var out = spec.commandLine().getOut();
    if (json) {
      ObjectNode body = Json.mapper().createObjectNode();
      body.set("decision", Json.tree(decision));
      if (probes != null) {
        body.set("rules", Json.tree(probes.trace(asked.lead(), asked.territories(), asked.at())));
      }
      if (not != null) {
        body.set("not", Json.tree(not));
      }
      out.println(Json.write(body));
      return;
    }
    var text = new WhyText(out);
    text.decision(asked.said(), decision);
    if (not != null) {
      text.not(not);
    } else if (probes != null) {
      text.nearest(probes.trace(asked.lead(), asked.territories(), asked.at()));
    }
    out.flush();
  }
}
