package io.bailiwick.drools.analysis;

import io.bailiwick.drools.analysis.Examples.Shown;
import io.bailiwick.drools.analysis.Search.Result;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.lead.Finding.Kind;
import io.bailiwick.lead.QueueReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Finds rules of one salience that say different things of one lead which no higher rule takes. One
 * finding a pair, and at most ten a rule.
 */
final class Ties {

  /** Two rules, or one with itself; told apart by the rules themselves. */
  private record Pair(CheckedRule one, CheckedRule other) {

    boolean twins() {
      return isSame(one, other);
    }

    @Override
    public boolean equals(Object that) {
      return that instanceof Pair pair && isSame(pair.one, one) && isSame(pair.other, other);
    }

    @Override
    public int hashCode() {
      return 31 * one.name().hashCode() + other.name().hashCode();
    }
  }

  /** Of one rule; who mends these looks again. */
  private static final int MAX_TOLD = 10;

  private final Analysis analysis;
  private final Set<Pair> told = new HashSet<>();
  private final IdentityHashMap<CheckedRule, Integer> times = new IdentityHashMap<>();

  Ties(Analysis analysis) {
    this.analysis = analysis;
  }

  void find() {
    for (Instant begin : analysis.moments().begins()) {
      Ranks ranks = analysis.ranks(begin);
      for (CheckedRule rule : analysis.inForce(begin)) {
        if (analysis.isLookedAt(rule)) {
          for (CheckedRule other : ranks.besides(rule, analysis.boxes(rule))) {
            var pair = new Pair(rule, other);
            if (!told.contains(pair) && told(other) < MAX_TOLD) {
              compare(pair, begin);
            }
          }
        }
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // Comparing rules compares their whole trees.
  private static boolean isSame(CheckedRule one, CheckedRule other) {
    return one == other;
  }

  private int told(CheckedRule rule) {
    return times.getOrDefault(rule, 0);
  }

  private void tell(Pair pair) {
    told.add(pair);
    times.merge(pair.other, 1, Integer::sum);
  }

  private void compare(Pair pair, Instant begin) {
    if (pair.twins() && analysis.saysOneThing(pair.one)) {
      return;
    }
    List<Box> both = new ArrayList<>();
    for (RuleCase one : analysis.cases(pair.one)) {
      for (RuleCase other : analysis.cases(pair.other)) {
        boolean twin = pair.one.equals(pair.other) && one.outcome().compareTo(other.outcome()) >= 0;
        if (!twin && one.maySayOtherThan(other)) {
          meeting(one, other, both);
        }
      }
    }
    if (both.isEmpty()) {
      return;
    }
    Result<Shown> result =
        analysis.above(both, pair.one.salience(), begin, shown -> ambiguous(shown, pair));
    if (result instanceof Result.Found<Shown> found) {
      tell(pair);
      analysis.add(Kind.TIE, pair.other, message(pair), found.shown());
    } else if (result instanceof Result.Unknown) {
      tell(pair);
      analysis.add(
          Kind.UNKNOWN,
          pair.other,
          "whether it ties with %s".formatted(Analysis.named(pair.one)),
          null);
    }
  }

  private static void meeting(RuleCase one, RuleCase other, List<Box> both) {
    for (Box mine : one.boxes()) {
      for (Box theirs : other.boxes()) {
        Box met = mine.meets(theirs) ? mine.and(theirs) : null;
        if (met != null) {
          both.add(met);
        }
      }
    }
  }

  private static boolean ambiguous(Shown shown, Pair pair) {
    return shown.decision().reason() == QueueReason.AMBIGUOUS
        && Analysis.spoke(shown.decision(), pair.one)
        && Analysis.spoke(shown.decision(), pair.other);
  }

  private static String message(Pair pair) {
    return pair.one.equals(pair.other)
        ? "rows of its table say different territories for one lead, which then waits as ambiguous"
        : """
            it and %s both have salience %d and say different things of one lead, which then waits \
            as ambiguous; give one of them another salience"""
            .formatted(Analysis.named(pair.one), pair.one.salience());
  }
}
