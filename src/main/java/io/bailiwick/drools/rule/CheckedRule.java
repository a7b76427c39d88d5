package io.bailiwick.drools.rule;

import io.bailiwick.lead.Nullable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One rule as the guard understood it; the whole of what will be compiled.
 *
 * @param line the line of its {@code rule}, from 1
 * @param from before this instant it does not count; null for always
 * @param until from this instant on it no longer counts; null for never
 * @param namedTerritories the names its patterns spell out, in the order of the text
 */
public record CheckedRule(
    String name,
    String file,
    int line,
    int salience,
    @Nullable Instant from,
    @Nullable Instant until,
    List<Element> elements,
    Action action,
    List<String> namedTerritories) {

  /** What a rule matches, part by part. */
  public sealed interface Element {

    /** A pattern that must match. */
    record Matches(Pattern pattern) implements Element {}

    /** One of several patterns of the same fact must match. */
    record AnyOf(List<Pattern> patterns) implements Element {}

    /** No fact may match. */
    record NoneMatches(Pattern pattern) implements Element {}

    /** At least one fact must match; it cannot be bound. */
    record SomeMatches(Pattern pattern) implements Element {}
  }

  /**
   * One fact with what is asked of it.
   *
   * @param variable what the fact is bound to; null for nothing
   * @param bindings the fields that are bound, by variable
   */
  public record Pattern(
      Fact fact,
      @Nullable String variable,
      Map<String, Field> bindings,
      List<Condition> constraints) {}

  /** What a rule says. */
  public sealed interface Action {

    /** {@code route.to(variable)}. */
    record To(String variable) implements Action {}

    /**
     * {@code route.queue} or {@code route.queueUntil}.
     *
     * @param until the variable of the instant to look again; null where none is given
     */
    record Queue(String reason, String blocker, @Nullable String until) implements Action {}

    /** Code that nobody read ({@code rules.trust: full}). */
    record Code() implements Action {}
  }

  /** Whether it judges the chosen territory, not the lead. */
  public boolean isReadiness() {
    return elements.stream().anyMatch(element -> fact(element).is(Fact.Kind.PLACEMENT));
  }

  /** Whether it counts at that instant. */
  public boolean inForce(Instant at) {
    return (from == null || !at.isBefore(from)) && (until == null || at.isBefore(until));
  }

  /** All its patterns, in the order of the text. */
  public List<Pattern> patterns() {
    List<Pattern> patterns = new ArrayList<>();
    for (Element element : elements) {
      if (element instanceof Element.Matches matches) {
        patterns.add(matches.pattern());
      } else if (element instanceof Element.NoneMatches none) {
        patterns.add(none.pattern());
      } else if (element instanceof Element.SomeMatches some) {
        patterns.add(some.pattern());
      } else {
        patterns.addAll(((Element.AnyOf) element).patterns());
      }
    }
    return patterns;
  }

  /** The fact that an element asks for. */
  public static Fact fact(Element element) {
    if (element instanceof Element.Matches matches) {
      return matches.pattern().fact();
    }
    if (element instanceof Element.NoneMatches none) {
      return none.pattern().fact();
    }
    if (element instanceof Element.SomeMatches some) {
      return some.pattern().fact();
    }
    return ((Element.AnyOf) element).patterns().get(0).fact();
  }
}
