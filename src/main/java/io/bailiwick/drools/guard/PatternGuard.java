package io.bailiwick.drools.guard;

import io.bailiwick.drools.rule.CheckedRule.Element;
import io.bailiwick.drools.rule.CheckedRule.Pattern;
import io.bailiwick.drools.rule.Condition;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.Condition.Value;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Vocabulary;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;

/**
 * Checks what a rule matches: patterns of the known facts, and {@code or}, {@code not} and {@code
 * exists} on them.
 */
final class PatternGuard {

  private final Vocabulary vocabulary;
  private final Scope scope = new Scope();
  private final PatternReader reader;
  private final Set<String> namedTerritories = new LinkedHashSet<>();

  PatternGuard(Source source, Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.reader = new PatternReader(source, vocabulary, scope);
  }

  Scope scope() {
    return scope;
  }

  List<String> namedTerritories() {
    return List.copyOf(namedTerritories);
  }

  /** The rule's left side as values. */
  List<Element> elements(AndDescr left) {
    List<Element> elements = new ArrayList<>();
    for (BaseDescr part : left.getDescrs()) {
      elements.add(element(part));
    }
    return List.copyOf(elements);
  }

  private Element element(BaseDescr part) {
    if (part instanceof PatternDescr pattern) {
      return new Element.Matches(pattern(pattern, true));
    }
    if (part instanceof OrDescr or) {
      return anyOf(or);
    }
    if (part instanceof NotDescr not) {
      return new Element.NoneMatches(inner(not, "not"));
    }
    if (part instanceof ExistsDescr exists) {
      return new Element.SomeMatches(inner(exists, "exists"));
    }
    throw new Refusal(
        PatternReader.place(part),
        "only Lead( … ), Territory( … ), Placement( … ), lookup tables, and or, not, exists are"
            + " allowed here");
  }

  private Element anyOf(OrDescr or) {
    List<Pattern> patterns = new ArrayList<>();
    for (BaseDescr part : flattened(or)) {
      if (!(part instanceof PatternDescr pattern)) {
        throw new Refusal(
            PatternReader.place(part), "or joins patterns of one fact; else write two rules");
      }
      patterns.add(pattern(pattern, false));
    }
    Fact fact = patterns.get(0).fact();
    if (fact.is(Fact.Kind.TERRITORY) || patterns.stream().anyMatch(p -> !p.fact().equals(fact))) {
      throw new Refusal(
          PatternReader.place(or),
          "or joins patterns of Lead, of Placement, or of one lookup table; else write two rules");
    }
    return new Element.AnyOf(List.copyOf(patterns));
  }

  private static List<BaseDescr> flattened(OrDescr or) {
    List<BaseDescr> parts = new ArrayList<>();
    for (BaseDescr part : or.getDescrs()) {
      if (part instanceof OrDescr inner) {
        parts.addAll(flattened(inner));
      } else {
        parts.add(part);
      }
    }
    return parts;
  }

  private Pattern inner(ConditionalElementDescr around, String word) {
    List<? extends BaseDescr> parts = around.getDescrs();
    if (parts.size() != 1
        || !(parts.get(0) instanceof PatternDescr pattern)
        || isLeadOrPlacement(pattern)) {
      throw new Refusal(
          PatternReader.place((BaseDescr) around),
          "%s stands before one Territory( … ) or lookup table only; of a lead ask the opposite"
              .formatted(word));
    }
    return pattern(pattern, false);
  }

  private boolean isLeadOrPlacement(PatternDescr pattern) {
    Fact fact = vocabulary.named(String.valueOf(pattern.getObjectType()));
    return fact != null && (fact.is(Fact.Kind.LEAD) || fact.is(Fact.Kind.PLACEMENT));
  }

  private Pattern pattern(PatternDescr descr, boolean mayBind) {
    Pattern pattern = reader.read(descr, mayBind);
    if (pattern.fact().is(Fact.Kind.TERRITORY)) {
      checkNamed(descr, pattern.constraints());
    }
    return pattern;
  }

  /** A territory must be told by its name, so that a missing one is known to be missing. */
  private void checkNamed(PatternDescr pattern, List<Condition> constraints) {
    boolean named = false;
    for (Condition condition : constraints) {
      named |= names(condition);
    }
    if (!named) {
      throw new Refusal(
          PatternReader.place(pattern), "say which territory: Territory( name == \"…\" )");
    }
  }

  /** Takes note of the names spelled out; answers whether the condition bounds the name. */
  private boolean names(Condition condition) {
    if (condition instanceof Condition.All all) {
      return all.parts().stream().map(this::names).reduce(false, Boolean::logicalOr);
    }
    if (condition instanceof Condition.Any any) {
      return any.parts().stream().map(this::names).reduce(true, Boolean::logicalAnd);
    }
    Test test = (Test) condition;
    if (!test.field().name().equals("name")) {
      return false;
    }
    test.values().stream()
        .filter(Value.Text.class::isInstance)
        .forEach(value -> namedTerritories.add(((Value.Text) value).text()));
    return test.op() == Condition.Op.IS || test.op() == Condition.Op.IN;
  }
}
