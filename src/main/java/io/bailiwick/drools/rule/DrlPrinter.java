package io.bailiwick.drools.rule;

import io.bailiwick.drools.rule.CheckedRule.Action;
import io.bailiwick.drools.rule.CheckedRule.Element;
import io.bailiwick.drools.rule.CheckedRule.Pattern;
import io.bailiwick.drools.rule.Condition.All;
import io.bailiwick.drools.rule.Condition.Any;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.Condition.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints checked rules as the one DRL text that is compiled. Names of rules and variables are
 * numbered anew, and nothing of a file but its literals gets here, so no trick in a file's text can
 * reach the compiler. Salience is left out: the judge weighs all rules that matched.
 */
public final class DrlPrinter {

  private static final String HEAD =
      """
      package rules
      import io.bailiwick.lead.Flag;
      import io.bailiwick.lead.Placement;
      import io.bailiwick.lead.Territory;
      global io.bailiwick.drools.Route route;
      """;

  private final CheckedRule rule;
  private final Prefilter prefilter;
  private final Map<String, String> variables = new HashMap<>();

  private DrlPrinter(CheckedRule rule, Prefilter prefilter) {
    this.rule = rule;
    this.prefilter = prefilter;
  }

  /**
   * All rules, over the generated records of their package; the name of each is its place in the
   * list.
   */
  public static String print(Printed printed) {
    var text = new StringBuilder(HEAD);
    for (int i = 0; i < printed.rules().size(); i++) {
      text.append(new DrlPrinter(printed.rules().get(i), printed.prefilter()).rule(i));
    }
    return text.toString();
  }

  /** What the compiled base calls each of so many rules. */
  public static List<String> names(int rules) {
    return IntStream.range(0, rules).mapToObj(number -> "rules." + number).toList();
  }

  /** One comparison, as an analyst would write it. */
  public static String test(Test test) {
    String values =
        test.values().stream().map(DrlPrinter::literal).collect(Collectors.joining(", "));
    String right = test.op().isList() ? "(" + values + ")" : values;
    return test.field().name() + " " + test.op().word() + " " + right;
  }

  private String rule(int number) {
    String when = rule.elements().stream().map(this::element).collect(Collectors.joining("\n  "));
    return """
        rule "%d"
        when
          %s
        then
          %s
        end
        """
        .formatted(number, when, action());
  }

  private String element(Element element) {
    if (element instanceof Element.Matches matches) {
      return pattern(matches.pattern());
    }
    if (element instanceof Element.NoneMatches none) {
      return "not " + pattern(none.pattern());
    }
    if (element instanceof Element.SomeMatches some) {
      return "exists " + pattern(some.pattern());
    }
    return ((Element.AnyOf) element)
        .patterns().stream().map(this::pattern).collect(Collectors.joining(" or ", "(", ")"));
  }

  private String pattern(Pattern pattern) {
    List<String> parts = new ArrayList<>();
    pattern
        .bindings()
        .forEach((variable, field) -> parts.add(renamed(variable) + " : " + field.name()));
    prefilter.ordered(pattern).forEach(condition -> parts.add(condition(condition)));
    String variable = pattern.variable();
    String bound = variable == null ? "" : renamed(variable) + " : ";
    return bound + pattern.fact().word() + "(" + String.join(", ", parts) + ")";
  }

  private String condition(Condition condition) {
    if (condition instanceof All all) {
      return all.parts().stream()
          .map(this::condition)
          .collect(Collectors.joining(" && ", "(", ")"));
    }
    if (condition instanceof Any any) {
      return any.parts().stream()
          .map(this::condition)
          .collect(Collectors.joining(" || ", "(", ")"));
    }
    Test test = (Test) condition;
    if (test.values().get(0) instanceof Value.Variable variable) {
      return test.field().name() + " == " + renamed(variable.name());
    }
    return compiled(test);
  }

  /** As {@link #test}, but numbers are spelled as the long values that they are. */
  private static String compiled(Test test) {
    if (test.field().kind() != Field.Kind.NUMBER || test.asksPresence()) {
      return test(test);
    }
    String values =
        test.values().stream().map(v -> literal(v) + "L").collect(Collectors.joining(", "));
    String right = test.op().isList() ? "(" + values + ")" : values;
    return test.field().name() + " " + test.op().word() + " " + right;
  }

  /**
   * Each rule says itself which it is, so that no listener need be told; and in the same words as
   * any other rule, so that the engine compiles what many rules do once.
   */
  private String action() {
    Action action = rule.action();
    if (action instanceof Action.To to) {
      return "route.to(drools, " + renamed(to.variable()) + ");";
    }
    if (action instanceof Action.Code) {
      throw new IllegalStateException(rule.name() + " is code, which is never printed");
    }
    var queue = (Action.Queue) action;
    String words = "drools, \"" + queue.reason() + "\", \"" + queue.blocker() + "\"";
    String until = queue.until();
    return until == null
        ? "route.queue(" + words + ");"
        : "route.queueUntil(" + words + ", " + renamed(until) + ");";
  }

  private String renamed(String variable) {
    return variables.computeIfAbsent(variable, v -> "$v" + variables.size());
  }

  private static String literal(Value value) {
    if (value instanceof Value.Text text) {
      return "\"" + text.text() + "\"";
    }
    if (value instanceof Value.Whole number) {
      return Long.toString(number.number());
    }
    if (value instanceof Value.FlagValue flag) {
      return "Flag." + flag.flag().name();
    }
    if (value instanceof Value.YesNo yesNo) {
      return Boolean.toString(yesNo.yes());
    }
    if (value instanceof Value.Variable variable) {
      return variable.name();
    }
    return "null";
  }
}
