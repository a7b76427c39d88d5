package io.bailiwick.command;

import io.bailiwick.Config;
import io.bailiwick.Demo;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.Expectation;
import io.bailiwick.replay.FixtureFolder;
import io.bailiwick.replay.FixtureTable;
import io.bailiwick.replay.FixtureText;
import io.bailiwick.replay.LeadCase;
import io.bailiwick.replay.NamelessLead;
import io.bailiwick.replay.Pseudonyms;
import io.bailiwick.replay.Replay;
import io.bailiwick.store.SqlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fixtures from}: a recorded lead as a fixture, without the person. */
@Command(
    name = "from",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a fixture of a recorded lead. Names, addresses, numbers and ids are replaced by"
          + " invented ones, the same for the same; attributes are left out; the e-mail's domain"
          + " and an attribute stay where a rule goes by them. Made only if the lead then decides"
          + " as it did, by the rules that serve and beside the territories of its decision.",
      "Country, region, city, postal code, industry, sizes, language, product, campaign and source"
          + " stay as they are."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:made",
      "3:not made: a personal field is decisive, or the rules that serve decide otherwise",
      "1:could not (no such lead, not decided, rules or territories no longer kept)",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick fixtures from --demo 019b2f0e-7a51-7c3e-8f55-0d8c3a1b9e77",
      "  bailiwick fixtures from LEAD --keep company --to fixtures/leads/recorded.json"
    })
public final class FixturesFromCommand implements Callable<Integer> {

  private static final int NOT_MADE = 3;

  @Mixin private ConfigOption config;

  @Option(names = "--demo", description = "Reads the demo's journal, data/demo.db.")
  private boolean demo;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description =
          "A file of fixtures, .json or .csv, that takes it at its end, or is made; or else it is"
              + " printed.")
  private @Nullable Path to;

  @Option(names = "--name", paramLabel = "NAME", description = "The fixture's name.")
  private @Nullable String name;

  @Option(
      names = "--keep",
      paramLabel = "FIELD",
      description = "A field that stays as it is, such as company; may be said several times.")
  private @Nullable List<String> keep;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "A secret of at least 16 bytes: the same one invents the same values for the same; or"
              + " else each run has its own.")
  private @Nullable Path keyFile;

  @Parameters(paramLabel = "LEAD", description = "The lead's id, as its POST was answered.")
  private String id;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Config read = config.read(demo ? Demo.DEFAULTS : Map.of());
    try (var journal = SqlReader.open(read.journal())) {
      Entry entry =
          journal
              .find(id)
              .toCompletableFuture()
              .join()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "there is no lead %s in %s".formatted(id, read.journal())));
      Decision decision = entry.stage() == Stage.ERASED ? null : entry.decision();
      if (decision == null) {
        throw new IllegalArgumentException("lead " + id + " is not decided yet, or was erased");
      }
      Receipt receipt = decision.receipt();
      TerritorySnapshot snapshot =
          journal
              .snapshot(receipt.snapshot())
              .toCompletableFuture()
              .join()
              .orElseThrow(
                  () -> new IllegalArgumentException("its territories are no longer kept"));
      var rules = new KeptRules(journal, read);
      try (Rulebook serving = rules.compiled(rules.serving()).orElseThrow()) {
        return make(
            entry.lead(),
            decision,
            lead ->
                serving
                    .decide(List.of(lead), snapshot, receipt.decidedAt())
                    .toCompletableFuture()
                    .join()
                    .get(0),
            beside(serving, read));
      }
    }
  }

  /** What becomes of a fixture in a replay, beside the fixture territories. */
  private static Function<LeadCase, List<String>> beside(Rulebook serving, Config config) {
    return one -> {
      var world = FixtureFolder.read(config.fixtures()).territories();
      TerritorySnapshot snapshot = Replay.snapshot(world, one.at());
      return one.expectation()
          .differences(
              serving
                  .decide(List.of(one.lead()), snapshot, one.at())
                  .toCompletableFuture()
                  .join()
                  .get(0));
    };
  }

  private int make(
      Lead lead,
      Decision recorded,
      Function<Lead, Decision> decide,
      Function<LeadCase, List<String>> replayed)
      throws IOException {
    var err = spec.commandLine().getErr();
    List<String> otherwise = Expectation.of(recorded).differences(decide.apply(lead));
    if (!otherwise.isEmpty()) {
      err.println("Not made: the rules that serve decide this lead otherwise than it was decided.");
      otherwise.forEach(line -> err.println("  " + line));
      return NOT_MADE;
    }
    var nameless =
        NamelessLead.of(lead, pseudonyms(), keep == null ? Set.of() : Set.copyOf(keep), decide);
    if (!nameless.decisive().isEmpty()) {
      err.printf(
          "Not made: %s is decisive and personal; a replaced one decides otherwise. Where it may"
              + " stay in a file: --keep %s%n",
          String.join(" and ", nameless.decisive()), String.join(" --keep ", nameless.decisive()));
      return NOT_MADE;
    }
    LeadCase made = LeadCase.recorded(nameless.lead(), recorded);
    LeadCase fixture = name == null ? made : made.named(name);
    write(fixture);
    tell(nameless.kept(), replayed.apply(fixture));
    return 0;
  }

  private void tell(List<String> kept, List<String> differences) {
    var err = spec.commandLine().getErr();
    if (!kept.isEmpty()) {
      err.println("Kept because a rule goes by it: " + String.join(", ", kept));
    }
    if (!differences.isEmpty()) {
      err.println(
          "Beside the fixture territories it comes out otherwise; add what it needs there:");
      differences.forEach(line -> err.println("  " + line));
    }
  }

  private void write(LeadCase fixture) throws IOException {
    var out = spec.commandLine().getOut();
    if (to == null) {
      out.println(FixtureText.line(null, fixture));
      return;
    }
    String file = to.toString();
    boolean there = Files.exists(to);
    String text;
    if (FixtureFolder.table(file)) {
      text =
          there
              ? FixtureTable.appended(file, Files.readString(to), fixture)
              : FixtureTable.write(List.of(fixture), null);
    } else {
      text =
          there
              ? FixtureText.appended(Files.readString(to), fixture)
              : FixtureText.write(fixture.at(), List.of(fixture));
    }
    WholeFile.write(to, text);
    out.printf("\"%s\" %s %s%n", fixture.name(), there ? "added to" : "written to new", file);
  }

  private Pseudonyms pseudonyms() throws IOException {
    if (keyFile == null) {
      return Pseudonyms.ofARandomKey();
    }
    byte[] key = Files.readAllBytes(keyFile);
    if (key.length < 16) {
      throw new IllegalArgumentException(keyFile + " must hold at least 16 bytes");
    }
    return new Pseudonyms(key);
  }
}
