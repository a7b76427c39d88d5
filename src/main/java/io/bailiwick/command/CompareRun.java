package io.bailiwick.command;

import io.bailiwick.Config;
import io.bailiwick.Version;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.Fixtures;
import io.bailiwick.replay.Replay;
import io.bailiwick.replay.ReplayResult;
import io.bailiwick.replay.compare.Changed;
import io.bailiwick.replay.compare.Comparer;
import io.bailiwick.replay.compare.Comparison;
import io.bailiwick.replay.compare.FixtureComparison;
import io.bailiwick.replay.compare.Guardrails;
import io.bailiwick.replay.compare.NearestRules;
import io.bailiwick.replay.compare.NearestRules.Beside;
import io.bailiwick.replay.compare.Verdict;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One comparison of two rulebooks, run: the older one, the newer one, and the leads of both.
 * Closing it ends the rulebooks' threads.
 */
final class CompareRun implements AutoCloseable {

  /** Rules that do not compile; the message tells every flaw. */
  static final class DoesNotCompile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DoesNotCompile(List<RuleFlaw> flaws, String which) {
      super(which + "\n" + String.join("\n", flaws.stream().map(RuleFlaw::told).toList()));
    }
  }

  private final Rulebook base;
  private final Rulebook candidate;
  private final Guardrails guardrails;

  private CompareRun(Rulebook base, Rulebook candidate, Guardrails guardrails) {
    this.base = base;
    this.candidate = candidate;
    this.guardrails = guardrails;
  }

  /** Compiles both; throws {@link DoesNotCompile} where one does not. */
  static CompareRun of(RuleFiles base, RuleFiles candidate, Config config, PrintWriter err) {
    var settings =
        new JudgeSettings(
            config.propagation(),
            1,
            JudgeSettings.DEFAULT_FIRE_LIMIT,
            JudgeSettings.DEFAULT_DEADLINE,
            config.trusted(),
            Version.BAILIWICK);
    Guardrails guardrails = Guardrails.of(candidate);
    Rulebook newer = compiled(candidate, settings, "the rules do not compile:", err);
    try {
      Rulebook older = compiled(base, settings, "the base's rules do not compile:", err);
      return new CompareRun(older, newer, guardrails);
    } catch (RuntimeException e) {
      newer.close();
      throw e;
    }
  }

  Rulebook candidate() {
    return candidate;
  }

  /** Over the fixtures' leads, each at its own instant. */
  Verdict fixtures(Fixtures fixtures, ReplayResult result, Consumer<Changed> changed) {
    Map<String, Instant> at = new HashMap<>();
    fixtures.leads().forEach(one -> at.put(one.place(), one.at()));
    Comparison comparison = FixtureComparison.of(fixtures, base, candidate, changed);
    return new Verdict(
        comparison,
        result,
        guardrails.seen(comparison, result.coverage()),
        NearestRules.of(
            comparison,
            candidate,
            one -> new Beside(Replay.snapshot(fixtures.territories(), at(at, one)), at(at, one))));
  }

  private static Instant at(Map<String, Instant> at, Changed changed) {
    return at.getOrDefault(changed.row().place(), Instant.EPOCH);
  }

  /** A comparer over leads that the caller brings. */
  Comparer comparer(@Nullable TerritorySnapshot worldBefore, Consumer<Changed> changed) {
    return new Comparer(new Comparer.Sides(base, candidate, worldBefore), changed);
  }

  /** What is to be said of a comparison beside these territories at this instant. */
  Verdict verdict(
      Comparison comparison,
      @Nullable ReplayResult fixtures,
      TerritorySnapshot snapshot,
      Instant at) {
    return new Verdict(
        comparison,
        fixtures,
        guardrails.seen(comparison, fixtures == null ? null : fixtures.coverage()),
        NearestRules.of(comparison, candidate, one -> new Beside(snapshot, at)));
  }

  private static Rulebook compiled(
      RuleFiles files, JudgeSettings settings, String which, PrintWriter err) {
    Compilation compiled = CompiledRules.of(files, settings, err);
    if (compiled instanceof Compilation.Ready ready) {
      return ready.rulebook();
    }
    throw new DoesNotCompile(((Compilation.Refused) compiled).flaws(), which);
  }

  @Override
  public void close() {
    base.close();
    candidate.close();
  }
}
