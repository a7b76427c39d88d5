package io.bailiwick.drools;

import io.bailiwick.drools.Route.Said;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Receipt.RunnerUp;
import io.bailiwick.lead.Territory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Weighs what the routing rules said of one lead: the highest salience wins; where rules of the
 * highest salience differ, nobody does. Where the file stands never changes what is decided, only
 * which of several agreeing rules is named.
 */
final class Proposals {

  /**
   * @param territory the proposed territory; null where the rule queues
   * @param blocker the rule's own word; null where it proposes a territory
   */
  record Proposal(
      RuleHit hit,
      @Nullable Territory territory,
      @Nullable String blocker,
      @Nullable Instant until) {

    /** Equal for proposals that come to the same. */
    List<String> outcome() {
      return territory == null
          ? List.of("queue", String.valueOf(blocker), String.valueOf(until))
          : List.of("assign", territory.id(), territory.name());
    }

    private String told() {
      String says = territory == null ? "queues " + blocker : "says " + territory.name();
      return "\"%s\" (%s) %s".formatted(hit.rule(), hit.place(), says);
    }
  }

  private static final Comparator<Proposal> ORDER =
      Comparator.comparingInt((Proposal p) -> -p.hit().salience())
          .thenComparing(p -> p.hit().file())
          .thenComparingInt(p -> p.hit().line())
          .thenComparing(p -> String.join("\n", p.outcome()));

  private final List<Proposal> ordered;

  private Proposals(List<Proposal> ordered) {
    this.ordered = ordered;
  }

  /** What was said by rules in force at that instant; the same twice by one rule is once. */
  static Proposals of(List<Said> said, List<CheckedRule> rules, Instant at) {
    Set<Proposal> proposals = new LinkedHashSet<>();
    for (Said one : said) {
      CheckedRule rule = rules.get(one.rule());
      if (rule.inForce(at)) {
        Territory territory = one.territory();
        String name = territory == null ? null : territory.name();
        proposals.add(
            new Proposal(
                new RuleHit(rule.name(), rule.file(), rule.line(), rule.salience(), name),
                territory,
                one.blocker(),
                one.until()));
      }
    }
    return new Proposals(proposals.stream().sorted(ORDER).toList());
  }

  boolean isEmpty() {
    return ordered.isEmpty();
  }

  /** The winner; null where none matched or the best differ. */
  @Nullable
  Proposal winner() {
    return ordered.isEmpty() || isAmbiguous() ? null : ordered.get(0);
  }

  /** Whether rules of the highest salience differ. */
  boolean isAmbiguous() {
    return best().stream().map(Proposal::outcome).distinct().count() > 1;
  }

  /** Who differs, in one sentence. */
  String ambiguity() {
    List<Proposal> best = best();
    Set<String> told =
        best.stream().map(Proposal::told).collect(Collectors.toCollection(LinkedHashSet::new));
    String sentence = String.join(", ", told) + ", at salience " + best.get(0).hit().salience();
    return told.size() > 1 ? sentence : sentence + "; the CRM lists several of that name";
  }

  /** All but the winner, best first, with why each lost. */
  List<RunnerUp> runnersUp() {
    Proposal winner = winner();
    List<RunnerUp> runnersUp = new ArrayList<>();
    for (Proposal proposal : ordered) {
      if (!proposal.equals(winner)) {
        runnersUp.add(new RunnerUp(proposal.hit(), why(proposal, winner)));
      }
    }
    return runnersUp;
  }

  private String why(Proposal loser, @Nullable Proposal winner) {
    int salience = loser.hit().salience();
    int best = ordered.get(0).hit().salience();
    if (salience < best) {
      return "salience " + salience + " < " + best;
    }
    if (winner == null) {
      return "tie";
    }
    return winner.territory() == null ? "same blocker" : "same territory";
  }

  private List<Proposal> best() {
    return ordered.stream()
        .filter(p -> p.hit().salience() == ordered.get(0).hit().salience())
        .toList();
  }
}
