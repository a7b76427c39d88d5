package io.bailiwick.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.Config;
import io.bailiwick.Demo;
import io.bailiwick.Version;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.replay.compare.Bisection;
import io.bailiwick.replay.compare.Bisection.Moved;
import io.bailiwick.replay.compare.Row;
import io.bailiwick.store.SqlReader;
import java.io.PrintWriter;
import java.util.ArrayList;
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

/** {@code bisect}: which published change of the rules moved a lead. */
@Command(
    name = "bisect",
    mixinStandardHelpOptions = true,
    description = {
      "Decides a lead by every version of the rules that served, in their order, beside the same"
          + " territories and clock, and says which publication moved it and by which difference.",
      "LEAD is a recorded lead's id, a fixture's place or name, a JSON file, or JSON itself."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no publication moved it",
      "2:at least one did",
      "1:could not run (no such lead, no journal)",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick bisect --demo 019b2f0e-7a51-7c3e-8f55-0d8c3a1b9e77",
      "  bailiwick bisect '{\"country\":\"US\",\"region\":\"CA\"}'"
    })
public final class BisectCommand implements Callable<Integer> {

  private static final int LOG = 1_000;

  @Mixin private ConfigOption config;

  @Option(names = "--demo", description = "Reads the demo's journal, data/demo.db.")
  private boolean demo;

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
    if (found.get().gone() != null) {
      spec.commandLine().getErr().println(found.get().gone());
      return 1;
    }
    List<Moved> moved = new ArrayList<>();
    int versions;
    try (var reader = SqlReader.open(read.journal())) {
      versions = walk(reader, found.get(), read, moved);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(moved, versions));
    } else {
      tell(found.get(), moved, versions, out);
    }
    return moved.isEmpty() ? 0 : 2;
  }

  /** Holds each version against the one before it; answers how many there were. */
  private static int walk(SqlReader reader, AskedLead asked, Config config, List<Moved> moved) {
    var row = new Row(asked.said(), asked.said(), asked.lead());
    int[] versions = {0};
    new Bisection(
            new Kept(reader, config),
            comparer -> comparer.take(List.of(row), asked.territories(), asked.at()),
            new Bisection.Heard() {
              @Override
              public void version(boolean compiled) {
                versions[0] += compiled ? 1 : 0;
              }

              @Override
              public void moved(Moved one) {
                moved.add(0, one);
              }
            })
        .walk(reader.publications(LOG).toCompletableFuture().join());
    return versions[0];
  }

  /** The versions that the journal keeps. */
  private record Kept(SqlReader reader, Config config) implements Bisection.Versions {

    @Override
    public Optional<Rulebook> compiled(Publication publication) {
      Optional<RuleVersion> kept = reader.version(publication.hash()).toCompletableFuture().join();
      var settings =
          JudgeSettings.onCallersThread(config.propagation(), Version.BAILIWICK)
              .trusting(config.trusted());
      return kept.isPresent()
              && RulebookCompiler.compile(kept.get().files(), settings)
                  instanceof Compilation.Ready ready
          ? Optional.of(ready.rulebook())
          : Optional.empty();
    }

    @Override
    public void leave(Rulebook rulebook) {
      rulebook.close();
    }
  }

  private static void tell(AskedLead asked, List<Moved> moved, int versions, PrintWriter out) {
    out.printf("%s, by %d versions of the rules%n", asked.said(), versions);
    for (Moved one : moved) {
      var group = one.comparison().groups().get(0);
      out.printf(
          "%s  %.12s (%s)  %s → %s%n",
          one.publication().at(),
          one.publication().hash(),
          one.publication().how().word(),
          group.from().told(),
          group.to().told());
      group.causes().forEach(hunk -> out.println("    " + hunk.told()));
    }
    if (moved.isEmpty()) {
      out.println("No publication moved it.");
    }
    out.flush();
  }

  private static String json(List<Moved> moved, int versions) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("versions", versions);
    ArrayNode list = body.putArray("moved");
    for (Moved one : moved) {
      var group = one.comparison().groups().get(0);
      ObjectNode node = list.addObject();
      node.put("at", one.publication().at().toString()).put("hash", one.publication().hash());
      node.put("from", group.from().told()).put("to", group.to().told());
      node.set("differences", Json.tree(group.causes()));
    }
    return Json.write(body);
  }
}
