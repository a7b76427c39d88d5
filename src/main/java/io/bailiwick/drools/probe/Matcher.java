package io.bailiwick.drools.probe;

import io.bailiwick.drools.facts.LeadView;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.CheckedRule.Action;
import io.bailiwick.drools.rule.CheckedRule.Element;
import io.bailiwick.drools.rule.CheckedRule.Pattern;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Placement;
import io.bailiwick.lead.Territory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Matches rules with one lead as the engine would: every way in which a rule's patterns hold is one
 * match. Made anew for each lead.
 */
public final class Matcher {

  /**
   * One match: what the rule's action needs.
   *
   * @param territory what {@code route.to} is given; null for a rule that queues
   * @param until the instant that {@code route.queueUntil} is given; null for none
   */
  public record Match(@Nullable Territory territory, @Nullable Instant until) {}

  private final LeadView view;
  private final Territories territories;
  private final @Nullable Placement placement;

  /** Of a lead beside these territories; with the placement, where readiness rules are asked. */
  public Matcher(LeadView view, Territories territories, @Nullable Placement placement) {
    this.view = view;
    this.territories = territories;
    this.placement = placement;
  }

  /** All matches of a rule; none for one whose code nobody read. */
  public List<Match> matches(CheckedRule rule) {
    List<Match> matches = new ArrayList<>();
    if (!(rule.action() instanceof Action.Code)) {
      match(rule.elements(), 0, Map.of(), bound -> matches.add(match(rule, bound)));
    }
    return matches;
  }

  private static Match match(CheckedRule rule, Map<String, @Nullable Object> bound) {
    if (rule.action() instanceof Action.To to) {
      return new Match((Territory) bound.get(to.variable()), null);
    }
    String until = rule.action() instanceof Action.Queue queue ? queue.until() : null;
    return new Match(null, until == null ? null : (Instant) bound.get(until));
  }

  private void match(
      List<Element> elements,
      int at,
      Map<String, @Nullable Object> bound,
      Consumer<Map<String, @Nullable Object>> found) {
    if (at == elements.size()) {
      found.accept(bound);
      return;
    }
    Element element = elements.get(at);
    if (element instanceof Element.Matches matches) {
      ways(matches.pattern(), bound).forEach(way -> match(elements, at + 1, way, found));
    } else if (element instanceof Element.AnyOf any) {
      for (Pattern pattern : any.patterns()) {
        ways(pattern, bound).forEach(way -> match(elements, at + 1, way, found));
      }
    } else if (holds(element, bound)) {
      match(elements, at + 1, bound, found);
    }
  }

  /** Whether an element holds that binds nothing, or could be bound in some way. */
  boolean holds(Element element, Map<String, @Nullable Object> bound) {
    if (element instanceof Element.NoneMatches none) {
      return ways(none.pattern(), bound).isEmpty();
    }
    if (element instanceof Element.SomeMatches some) {
      return !ways(some.pattern(), bound).isEmpty();
    }
    if (element instanceof Element.AnyOf any) {
      return any.patterns().stream().anyMatch(pattern -> !ways(pattern, bound).isEmpty());
    }
    return !ways(((Element.Matches) element).pattern(), bound).isEmpty();
  }

  /** The variables after each fact that fits. */
  List<Map<String, @Nullable Object>> ways(Pattern pattern, Map<String, @Nullable Object> bound) {
    List<Map<String, @Nullable Object>> ways = new ArrayList<>();
    for (Candidate candidate : candidates(pattern, bound)) {
      var asked = new Asked(candidate.values, bound);
      if (pattern.constraints().stream().allMatch(asked::holds)) {
        Map<String, @Nullable Object> more = new HashMap<>(bound);
        pattern
            .bindings()
            .forEach((variable, field) -> more.put(variable, candidate.values.get(field.name())));
        if (pattern.variable() != null) {
          more.put(pattern.variable(), candidate.fact);
        }
        ways.add(more);
      }
    }
    return ways;
  }

  private record Candidate(Object fact, Map<String, @Nullable Object> values) {}

  private List<Candidate> candidates(Pattern pattern, Map<String, @Nullable Object> bound) {
    List<Candidate> candidates = new ArrayList<>();
    switch (pattern.fact().kind()) {
      case LEAD -> candidates.add(new Candidate(view, view.lead()));
      case LOOKUP ->
          view.rows()
              .getOrDefault(pattern.fact().word(), List.of())
              .forEach(row -> candidates.add(new Candidate(row, row)));
      case TERRITORY ->
          territories
              .fitting(pattern, bound)
              .forEach(one -> candidates.add(new Candidate(one, Territories.values(one))));
      case PLACEMENT -> {
        if (placement != null) {
          candidates.add(new Candidate(placement, Territories.values(placement)));
        }
      }
    }
    return candidates;
  }
}
