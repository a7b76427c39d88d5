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
  private final boolean ambiguous;

  private Proposals(List<Proposal> ordered) {
    this.ordered = ordered;
    this.ambiguous = differs(ordered);
  }

  /** What was said by rules in force at that instant; the same twice by one rule is once. */
  static Proposals of(List<Said> said, List<CheckedRule> rules, Instant at) {
    // Nearly every lead has few; a sorted list is quicker than a set.
    List<Proposal> proposals = new ArrayList<>(said.size());
    for (Said one : said) {
      CheckedRule rule = rules.get(one.rule());
      if (rule.inForce(at)) {
        proposals.add(proposal(one, rule));
      }
    }
    if (proposals.size() > 1) {
      proposals = new ArrayList<>(new LinkedHashSet<>(proposals));
      proposals.sort(ORDER);
    }
    return new Proposals(proposals);
  }

  private static Proposal proposal(Said said, CheckedRule rule) {
    Territory territory = said.territory();
    String name = territory == null ? null : territory.name();
    return new Proposal(
        new RuleHit(rule.name(), rule.file(), rule.line(), rule.salience(), name),
        territory,
        said.blocker(),
        said.until());
  }

  private static boolean differs(List<Proposal> ordered) {
    for (int i = 1; i < ordered.size(); i++) {
      if (ordered.get(i).hit().salience() < ordered.get(0).hit().salience()) {
        return false;
      }
      if (!ordered.get(i).outcome().equals(ordered.get(0).outcome())) {
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    return ordered.isEmpty();
  }

  /** The winner; null where none matched or the best differ. */
  @Nullable
  Proposal winner() {
    return ordered.isEmpty() || ambiguous ? null : ordered.get(0);
  }

  /** Whether rules of the highest salience differ. */
  boolean isAmbiguous() {
    return ambiguous;
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
    if (ordered.size() == 1 && winner != null) {
      return List.of();
    }
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
