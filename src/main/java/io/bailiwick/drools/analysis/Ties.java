package io.bailiwick.drools.analysis;

import io.bailiwick.drools.analysis.Analysis.Shown;
import io.bailiwick.drools.analysis.Search.Result;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.lead.Finding.Kind;
import io.bailiwick.lead.QueueReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds rules of one salience that say different things of one lead which no higher rule takes. One
 * finding a pair.
 */
final class Ties {

  private record Pair(CheckedRule one, CheckedRule other) {}

  private final Analysis analysis;
  private final Set<Pair> told = new HashSet<>();

  Ties(Analysis analysis) {
    this.analysis = analysis;
  }

  void find() {
    for (Instant begin : analysis.moments().begins()) {
      Map<Integer, List<CheckedRule>> bySalience = new TreeMap<>();
      analysis
          .inForce(begin)
          .forEach(r -> bySalience.computeIfAbsent(r.salience(), s -> new ArrayList<>()).add(r));
      bySalience.forEach((salience, rules) -> within(rules, begin));
    }
  }

  private void within(List<CheckedRule> rules, Instant begin) {
    for (int i = 0; i < rules.size(); i++) {
      for (int j = i; j < rules.size(); j++) {
        var pair = new Pair(rules.get(i), rules.get(j));
        if (!told.contains(pair)) {
          compare(pair, begin);
        }
      }
    }
  }

  private void compare(Pair pair, Instant begin) {
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
    List<CheckedRule> higher = analysis.higher(begin, pair.one.salience());
    Result<Shown> result = analysis.find(both, higher, begin, shown -> ambiguous(shown, pair));
    if (result instanceof Result.Found<Shown> found) {
      told.add(pair);
      analysis.add(Kind.TIE, pair.other, message(pair), found.shown());
    } else if (result instanceof Result.Unknown) {
      told.add(pair);
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
