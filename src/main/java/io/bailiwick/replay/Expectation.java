package io.bailiwick.replay;

import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt.RuleHit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What a fixture expects of a lead. Only what it says is compared.
 *
 * @param status {@code assign} or {@code queue} of a decision; of a lead in a story, its status
 * @param territory the territory's name
 * @param reason the queue reason, or the reason a lead was parked for
 * @param blocker the exact blocker, or the rule's own word
 * @param rule the rule that won
 */
public record Expectation(
    String status,
    @Nullable String territory,
    @Nullable String reason,
    @Nullable String blocker,
    @Nullable String rule) {

  /** What may be expected of a decision. */
  static final List<String> OF_DECISIONS = List.of("assign", "queue");

  /** All that a decision says, as a fixture would expect it. */
  public static Expectation of(Decision decision) {
    var territory = decision.territory();
    var reason = decision.reason();
    return new Expectation(
        decision.action().name().toLowerCase(Locale.ROOT),
        territory == null ? null : territory.name(),
        reason == null ? null : reason.word(),
        decision.blocker(),
        rule(decision));
  }

  /** How a decision differs, one line a difference: {@code territory: expected A, actual B}. */
  public List<String> differences(Decision decision) {
    return differences(of(decision));
  }

  /** What the decision says, as far as this expectation says anything of it. */
  public Expectation renewed(Decision decision) {
    Expectation actual = of(decision);
    return new Expectation(
        actual.status,
        actual.territory,
        actual.reason,
        actual.blocker,
        rule == null ? null : actual.rule);
  }

  /** How a lead differs, one line a difference. */
  List<String> differences(Entry entry) {
    var territory = entry.territory();
    var reason = entry.reason();
    var parked = entry.parkReason();
    Decision decision = entry.decision();
    return differences(
        new Expectation(
            entry.stage().status(),
            territory == null ? null : territory.name(),
            reason != null ? reason.word() : parked != null ? parked.word() : null,
            entry.blocker(),
            decision == null ? null : rule(decision)));
  }

  private static @Nullable String rule(Decision decision) {
    RuleHit winner = decision.receipt().winner();
    return winner == null ? null : winner.rule();
  }

  private List<String> differences(Expectation actual) {
    List<String> lines = new ArrayList<>();
    compare("status", status, actual.status, lines);
    compare("territory", territory, actual.territory, lines);
    compare("reason", reason, actual.reason, lines);
    compare("blocker", blocker, actual.blocker, lines);
    compare("rule", rule, actual.rule, lines);
    return List.copyOf(lines);
  }

  private static void compare(
      String what, @Nullable String expected, @Nullable String actual, List<String> lines) {
    if (expected != null && !Objects.equals(expected, actual)) {
      lines.add(
          "%s: expected %s, actual %s".formatted(what, expected, actual == null ? "none" : actual));
    }
  }
}
