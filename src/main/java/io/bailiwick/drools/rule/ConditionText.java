package io.bailiwick.drools.rule;

import io.bailiwick.drools.rule.CheckedRule.Element;
import io.bailiwick.drools.rule.CheckedRule.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Spells conditions as an analyst would write them, for people to read. */
public final class ConditionText {

  private ConditionText() {}

  /** One condition of a pattern. */
  public static String of(Condition condition) {
    return text(condition, false);
  }

  /** A whole pattern: {@code Accounts( segment == "strategic" )}. */
  public static String of(Pattern pattern) {
    List<String> parts = new ArrayList<>();
    pattern.bindings().forEach((variable, field) -> parts.add(variable + " : " + field.name()));
    pattern.constraints().forEach(condition -> parts.add(text(condition, true)));
    String inside = parts.isEmpty() ? " " : " " + String.join(", ", parts) + " ";
    return pattern.fact().word() + "(" + inside + ")";
  }

  /** An element: a pattern, or several with or, not, exists. */
  public static String of(Element element) {
    if (element instanceof Element.Matches matches) {
      return of(matches.pattern());
    }
    if (element instanceof Element.NoneMatches none) {
      return "not " + of(none.pattern());
    }
    if (element instanceof Element.SomeMatches some) {
      return "exists " + of(some.pattern());
    }
    return ((Element.AnyOf) element)
        .patterns().stream().map(ConditionText::of).collect(Collectors.joining(" or ", "( ", " )"));
  }

  private static String text(Condition condition, boolean inner) {
    if (condition instanceof Condition.All all) {
      return joined(all.parts(), " && ", inner);
    }
    if (condition instanceof Condition.Any any) {
      return joined(any.parts(), " || ", inner);
    }
    return DrlPrinter.test((Condition.Test) condition);
  }

  private static String joined(List<Condition> parts, String sign, boolean inner) {
    String text = parts.stream().map(part -> text(part, true)).collect(Collectors.joining(sign));
    return inner ? "(" + text + ")" : text;
  }
}
