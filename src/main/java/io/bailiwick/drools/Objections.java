package io.bailiwick.drools;

import io.bailiwick.drools.Route.Said;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Receipt.RuleHit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the readiness rules have against the chosen territory. Any of them queues the lead; the one
 * that is told has the highest salience, then comes first in the order of {@link Blocker}.
 */
final class Objections {

  /** One readiness rule's word; {@code until} is when it says to look again. */
  record Objection(RuleHit hit, QueueReason reason, String blocker, @Nullable Instant until) {

    /** Null for a rule's own word. */
    private @Nullable Blocker known() {
      return Blocker.ofWord(blocker);
    }
  }

  private static final Comparator<Objection> ORDER =
      Comparator.comparingInt((Objection o) -> -o.hit().salience())
          .thenComparing(Objection::known, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Objection::blocker)
          .thenComparing(o -> o.hit().file())
          .thenComparingInt(o -> o.hit().line());

  private Objections() {}

  /** Those of rules in force, the one to be told first. */
  static List<Objection> of(List<Said> said, List<CheckedRule> rules, Instant at) {
    if (said.isEmpty()) {
      return List.of();
    }
    List<Objection> objections = new ArrayList<>();
    for (Said one : said) {
      CheckedRule rule = rules.get(one.rule());
      String reason = one.reason();
      String blocker = one.blocker();
      QueueReason known = reason == null ? null : QueueReason.ofWord(reason);
      if (known != null && blocker != null && rule.inForce(at)) {
        var hit = new RuleHit(rule.name(), rule.file(), rule.line(), rule.salience(), null);
        objections.add(new Objection(hit, known, blocker, one.until()));
      }
    }
    return objections.stream().sorted(ORDER).toList();
  }

  /** The blockers, each once, in the order of the objections. */
  static List<String> blockers(List<Objection> objections) {
    return objections.stream().map(Objection::blocker).distinct().toList();
  }
}
