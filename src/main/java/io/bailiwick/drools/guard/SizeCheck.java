package io.bailiwick.drools.guard;

import io.bailiwick.drools.rule.CheckedRule.Element;
import io.bailiwick.drools.rule.CheckedRule.Pattern;
import io.bailiwick.drools.rule.Condition;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.lead.Nullable;
import java.util.List;

/**
 * Keeps a rule to a size that the engine can compile: its compiler descends once more for each
 * condition, writes a method argument for each value, and multiplies rules by their alternatives.
 */
final class SizeCheck {

  private static final int MAX_CONDITIONS = 200;
  private static final int MAX_VALUES = 1_000;
  private static final int MAX_WAYS = 100;

  private int conditions;
  private int values;
  private long ways = 1;

  private SizeCheck() {}

  /** What is too large about these patterns; null where nothing is. */
  static @Nullable String of(List<Element> elements) {
    var size = new SizeCheck();
    elements.forEach(size::add);
    if (size.conditions > MAX_CONDITIONS) {
      return "a rule has at most " + MAX_CONDITIONS + " conditions; write several rules";
    }
    if (size.values > MAX_VALUES) {
      return "a rule lists at most " + MAX_VALUES + " values; make a lookup table of them";
    }
    return size.ways > MAX_WAYS
        ? "or gives at most " + MAX_WAYS + " ways through a rule; write several rules"
        : null;
  }

  private void add(Element element) {
    if (element instanceof Element.Matches matches) {
      add(matches.pattern());
    } else if (element instanceof Element.NoneMatches none) {
      add(none.pattern());
    } else if (element instanceof Element.SomeMatches some) {
      add(some.pattern());
    } else {
      List<Pattern> patterns = ((Element.AnyOf) element).patterns();
      ways = Math.min(Integer.MAX_VALUE, ways * patterns.size());
      patterns.forEach(this::add);
    }
  }

  private void add(Pattern pattern) {
    conditions += 1 + pattern.bindings().size();
    pattern.constraints().forEach(this::add);
  }

  private void add(Condition condition) {
    if (condition instanceof Condition.All all) {
      all.parts().forEach(this::add);
    } else if (condition instanceof Condition.Any any) {
      any.parts().forEach(this::add);
    } else {
      conditions++;
      int several = ((Test) condition).values().size();
      values += several > 1 ? several : 0;
    }
  }
}
