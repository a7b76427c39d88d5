package io.bailiwick.replay.runs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.JournalReader;
import io.bailiwick.flow.Probes;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Rulebooks;
import io.bailiwick.flow.Rulebooks.Compilation;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.replay.FixtureReader;
import io.bailiwick.replay.Fixtures;
import io.bailiwick.replay.LeadCase;
import io.bailiwick.replay.Replay;
import io.bailiwick.replay.ReplayResult;
import io.bailiwick.replay.StoryWorld;
import io.bailiwick.replay.compare.Comparer;
import io.bailiwick.replay.compare.Comparison;
import io.bailiwick.replay.compare.FixtureComparison;
import io.bailiwick.replay.compare.Guardrails;
import io.bailiwick.replay.compare.NearestRules;
import io.bailiwick.replay.compare.NearestRules.Beside;
import io.bailiwick.replay.compare.Row;
import io.bailiwick.replay.compare.Verdict;
import io.bailiwick.replay.compare.VerdictJson;
import io.bailiwick.replay.leads.LeadFiles;
import io.bailiwick.replay.leads.LeadHistory;
import io.bailiwick.replay.leads.LeadOutcomes;
import io.bailiwick.replay.leads.LeadStream;
import io.bailiwick.replay.mutation.ConditionCoverage;
import io.bailiwick.replay.mutation.Mutation;
import io.bailiwick.replay.mutation.MutationJson;
import io.bailiwick.replay.runs.ReplayRun.State;
import io.bailiwick.replay.runs.ReplayWish.Leads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** Runs replays one after the other and keeps the last few. Any thread may call. */
public final class Replays {

  /** How many are kept; each holds two rulebooks. */
  public static final int KEPT = 4;

  /** Rules that do not compile. */
  private static final class NotCompiled extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<RuleFlaw> flaws;

    NotCompiled(List<RuleFlaw> flaws) {
      super("the rules do not compile");
      this.flaws = flaws;
    }
  }

  private final Rulebooks rulebooks;
  private final StoryWorld.Maker worlds;
  private final JournalReader journal;
  private final InstantSource clock;
  private final Executor thread;
  private final LastRuns<ReplayRun> runs;

  /** {@code thread} runs one after the other, beside what leads need. */
  public Replays(
      Rulebooks rulebooks,
      StoryWorld.Maker worlds,
      JournalReader journal,
      InstantSource clock,
      Executor thread) {
    this.rulebooks = rulebooks;
    this.worlds = worlds;
    this.journal = journal;
    this.clock = clock;
    this.thread = thread;
    this.runs =
        new LastRuns<>(KEPT, ReplayRun::id, left -> left.leave().forEach(rulebooks::retire));
  }

  /** Begins one as soon as those before it have ended. */
  public ReplayRun start(ReplayWish wish) {
    ReplayRun run = runs.begin(n -> new ReplayRun("r" + n, wish, clock.instant()));
    thread.execute(() -> run(run));
    return run;
  }

  /**
   * Also finds out what a replay's fixtures do not notice, unless somebody asked before; false
   * where it is not done, or its rules are code, of which nothing can be changed.
   */
  public boolean weigh(ReplayRun run) {
    if (run.judge().flatMap(Rulebook::probes).isEmpty() || run.state() != State.DONE) {
      return false;
    }
    if (run.weigh()) {
      thread.execute(() -> mutants(run));
    }
    return true;
  }

  private void mutants(ReplayRun run) {
    ObjectNode told = null;
    try {
      Rulebook candidate = run.judge().orElse(null);
      Probes probes = candidate == null ? null : candidate.probes().orElse(null);
      if (candidate != null && probes != null) {
        Fixtures fixtures = FixtureReader.read(run.wish().candidate().fixtures());
        told =
            MutationJson.tree(
                Mutation.score(fixtures, candidate), ConditionCoverage.of(fixtures, probes));
      }
    } finally {
      run.weighed(told);
    }
  }

  /** The one of that id, while it is kept. */
  public Optional<ReplayRun> find(String id) {
    return runs.find(id);
  }

  /** Those that are kept, the latest first. */
  public List<ReplayRun> all() {
    return runs.all();
  }

  private void run(ReplayRun run) {
    try {
      run.become(State.COMPILING);
      Rulebook base = compiled(run.wish().base().files());
      Rulebook candidate;
      try {
        candidate = compiled(run.wish().candidate().files());
      } catch (RuntimeException e) {
        rulebooks.retire(base);
        throw e;
      }
      run.judgedBy(base, candidate);
      run.become(State.RUNNING);
      compared(run, base, candidate);
      if (run.wish().mutants()) {
        mutants(run);
      }
    } catch (NotCompiled e) {
      run.failed(e.flaws.stream().map(RuleFlaw::told).toList());
    } catch (RuntimeException e) {
      run.failed(List.of(String.valueOf(e.getMessage())));
    }
    if (run.state() == State.FAILED || find(run.id()).isEmpty()) {
      run.leave().forEach(rulebooks::retire);
    }
  }

  private void compared(ReplayRun run, Rulebook base, Rulebook candidate) {
    ReplayWish wish = run.wish();
    Fixtures fixtures = FixtureReader.read(wish.candidate().fixtures());
    var older = new Wins(base);
    var newer = new Wins(candidate);
    Map<String, Beside> beside = new HashMap<>();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var here = new Beside(wish.snapshot(), now);
    Comparison comparison;
    if (wish.leads() instanceof Leads.OfFixtures) {
      for (LeadCase one : fixtures.leads()) {
        var snapshot = Replay.snapshot(fixtures.territories(), one.at());
        beside.put(one.place(), new Beside(snapshot, one.at()));
      }
      comparison = FixtureComparison.of(fixtures, older, newer, one -> {});
      run.count(fixtures.leads().size());
    } else {
      comparison =
          streamed(run, new Comparer(new Comparer.Sides(older, newer, null), one -> {}), here);
    }
    comparison
        .changed()
        .forEach(one -> run.keep(one, beside.getOrDefault(one.row().place(), here)));
    answer(run, new Judged(fixtures, comparison, candidate, older, newer), beside, here);
  }

  private record Judged(
      Fixtures fixtures, Comparison comparison, Rulebook candidate, Wins before, Wins after) {}

  private void answer(ReplayRun run, Judged judged, Map<String, Beside> beside, Beside here) {
    ReplayWish wish = run.wish();
    Rulebook candidate = judged.candidate();
    ReplayResult proof = Replay.run(judged.fixtures(), candidate, worlds);
    var verdict =
        new Verdict(
            judged.comparison(),
            proof,
            Guardrails.of(wish.candidate().files()).seen(judged.comparison(), proof.coverage()),
            NearestRules.of(
                judged.comparison(),
                candidate,
                one -> beside.getOrDefault(one.row().place(), here)));
    ObjectNode body = VerdictJson.of(verdict);
    rules(body.putArray("rules"), candidate, judged.before().counts(), judged.after().counts());
    run.done(verdict, body);
  }

  private static void rules(
      ArrayNode into, Rulebook candidate, Map<String, Long> before, Map<String, Long> after) {
    Map<String, ObjectNode> told = new HashMap<>();
    candidate
        .rules()
        .forEach(
            rule ->
                told.computeIfAbsent(
                    rule.rule(),
                    name ->
                        into.addObject()
                            .put("rule", name)
                            .put("file", rule.file())
                            .put("line", rule.line())
                            .put("before", before.getOrDefault(name, 0L))
                            .put("after", after.getOrDefault(name, 0L))));
  }

  private Comparison streamed(ReplayRun run, Comparer comparer, Beside here) {
    if (run.wish().leads() instanceof Leads.OfHistory history) {
      Instant until = clock.instant();
      read(run, comparer, here, new LeadHistory(journal, until.minus(history.back()), until));
    } else if (run.wish().leads() instanceof Leads.OfFile file) {
      ofFile(run, comparer, here, file);
    }
    return comparer.finish();
  }

  private static void read(ReplayRun run, Comparer comparer, Beside here, LeadStream stream) {
    stream.forEachBatch(
        LeadOutcomes.BATCH,
        batch -> {
          List<Row> rows = Row.of(batch);
          comparer.take(rows, here.snapshot(), here.at());
          run.count(rows.size());
        });
    if (run.leads() == 0) {
      throw new IllegalArgumentException(
          "There are no leads to replay"
              + stream.unreadable().entrySet().stream()
                  .map(one -> "; %d: %s".formatted(one.getValue(), one.getKey()))
                  .collect(Collectors.joining()));
    }
  }

  private static void ofFile(ReplayRun run, Comparer comparer, Beside here, Leads.OfFile file) {
    try {
      Path folder = Files.createTempDirectory("bailiwick-replay");
      Path copy = folder.resolve("leads" + file.name().substring(file.name().indexOf('.')));
      try {
        Files.write(copy, file.content());
        read(run, comparer, here, LeadFiles.open(List.of(copy), SourceMapping.PLAIN));
      } finally {
        Files.deleteIfExists(copy);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the uploaded file cannot be kept while it is read", e);
    }
  }

  private Rulebook compiled(RuleFiles files) {
    Compilation compilation = rulebooks.compile(files).toCompletableFuture().join();
    if (compilation instanceof Compilation.Compiled compiled) {
      return compiled.rulebook();
    }
    throw new NotCompiled(((Compilation.Refused) compilation).flaws());
  }
}
