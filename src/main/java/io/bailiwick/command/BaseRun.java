package io.bailiwick.command;

import io.bailiwick.Config;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.replay.FixtureFolder;
import io.bailiwick.replay.Fixtures;
import io.bailiwick.replay.Replay;
import io.bailiwick.replay.ReplayResult;
import io.bailiwick.replay.compare.Changed;
import io.bailiwick.replay.compare.Comparer;
import io.bailiwick.replay.compare.Row;
import io.bailiwick.replay.compare.Verdict;
import io.bailiwick.replay.compare.VerdictJson;
import io.bailiwick.replay.compare.VerdictText;
import io.bailiwick.replay.leads.LeadOutcomes;
import io.bailiwick.replay.leads.LeadStream;
import io.bailiwick.replay.report.ChangedCsv;
import io.bailiwick.replay.report.HtmlReport;
import io.bailiwick.replay.report.JunitXml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** {@code replay --base}: the rules against older ones, over fixtures or any leads. */
final class BaseRun {

  /** What the command line says of it. */
  static final class Options {

    @Option(
        names = "--base",
        paramLabel = "REF|DIR|HASH|serving",
        description = "The rules that the change is held against.")
    private @Nullable String base;

    @Option(
        names = "--base-territories",
        paramLabel = "FILE",
        description =
            "The territories as they were; what they changed is then told apart from what the"
                + " rules changed.")
    private @Nullable Path baseTerritories;

    @Option(
        names = "--html",
        paramLabel = "FILE",
        description = "Writes what the change would do as one HTML page.")
    private @Nullable Path html;

    @Option(
        names = "--changed",
        paramLabel = "FILE",
        description = "Writes each lead that changes as a row of a CSV file, safe for Excel.")
    private @Nullable Path changed;

    @Option(
        names = "--junit",
        paramLabel = "FILE",
        description = "Writes the fixtures and guardrails as JUnit XML, for CI.")
    private @Nullable Path junit;

    boolean given() {
      return base != null;
    }

    void junit(ReplayResult result) {
      write(junit, () -> JunitXml.of(result));
    }
  }

  private final Config config;
  private final Options options;
  private final LeadsOption leads;
  private final boolean json;

  BaseRun(Config config, Options options, LeadsOption leads, boolean json) {
    this.config = config;
    this.options = options;
    this.leads = leads;
    this.json = json;
  }

  /** Compares, says what came of it, and answers the exit code. */
  int tell(RuleFiles files, CommandLine commandLine) {
    BaseRules older = BaseRules.find(String.valueOf(options.base), config);
    try (var run = CompareRun.of(older.files(), files, config, commandLine.getErr());
        var csv = ChangedCsv.to(options.changed)) {
      Fixtures fixtures = FixtureFolder.read(config.fixtures());
      ReplayResult result =
          Replay.run(fixtures, run.candidate(), new SandboxWorlds(config.propagation()));
      Told told =
          leads.given()
              ? streamed(run, result, csv::add, commandLine)
              : new Told(run.fixtures(fixtures, result, csv::add), "each at its fixture's clock");
      List<String> head = head(older, told);
      write(options.html, () -> HtmlReport.of(told.verdict, head));
      write(options.junit, () -> JunitXml.of(told.verdict));
      var out = commandLine.getOut();
      if (json) {
        out.println(Json.write(VerdictJson.of(told.verdict)));
      } else {
        out.print(VerdictText.of(told.verdict, head, Ansi.AUTO.enabled()));
        out.flush();
      }
      return told.verdict.exitStatus();
    }
  }

  private record Told(Verdict verdict, String beside) {}

  private Told streamed(
      CompareRun run, ReplayResult result, Consumer<Changed> changed, CommandLine commandLine) {
    Instant clock = leads.clock();
    KnownTerritories known = leads.territories(config, clock);
    Path before = options.baseTerritories;
    Comparer comparer =
        run.comparer(
            before == null ? null : KnownTerritories.find(before, config, clock).snapshot(),
            changed);
    var progress = Progress.onTerminal(commandLine.getErr());
    try (LeadStream stream = leads.open(config)) {
      Runnable each = progress.of(stream);
      stream.forEachBatch(
          LeadOutcomes.BATCH,
          batch -> {
            comparer.take(Row.of(batch), known.snapshot(), clock);
            each.run();
          });
      Verdict verdict = run.verdict(comparer.finish(), result, known.snapshot(), clock);
      progress.end();
      return new Told(verdict, "at %s, beside %s%s".formatted(clock, known.said(), unread(stream)));
    }
  }

  private static String unread(LeadStream stream) {
    long rows = stream.unreadable().values().stream().mapToLong(Long::longValue).sum();
    return rows == 0
        ? ""
        : "; %d rows are no leads: %s".formatted(rows, stream.unreadable().toString());
  }

  private static List<String> head(BaseRules older, Told told) {
    var comparison = told.verdict.comparison();
    return List.of(
        "Rules  base %.12s (%s) → candidate %.12s (%d differences)"
            .formatted(
                comparison.base(), older.said(), comparison.candidate(), comparison.hunks().size()),
        "Leads  %d, %s".formatted(comparison.total(), told.beside),
        "");
  }

  private static void write(@Nullable Path file, Supplier<String> text) {
    try {
      if (file != null) {
        Files.writeString(file, text.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
