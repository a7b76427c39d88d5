package io.bailiwick.drools.probe;

import io.bailiwick.drools.rule.Condition;
import io.bailiwick.drools.rule.Condition.Op;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.Condition.Value;
import io.bailiwick.lead.Nullable;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Asks one fact's values a condition, as the engine does: a comparison with an absent value is
 * false, its opposite true.
 *
 * @param fact the values by the field's name
 * @param bound the variables bound so far
 */
record Asked(Map<String, @Nullable Object> fact, Map<String, @Nullable Object> bound) {

  boolean holds(Condition condition) {
    if (condition instanceof Condition.All all) {
      return all.parts().stream().allMatch(this::holds);
    }
    if (condition instanceof Condition.Any any) {
      return any.parts().stream().anyMatch(this::holds);
    }
    return test((Test) condition);
  }

  private boolean test(Test test) {
    Object value = fact.get(test.field().name());
    if (test.asksPresence()) {
      return (value == null) == (test.op() == Op.IS);
    }
    if (test.values().get(0) instanceof Value.Variable variable) {
      return value != null && value.equals(bound.get(variable.name()));
    }
    return value == null ? absent(test.op()) : present(test, value);
  }

  private static boolean absent(Op op) {
    return op == Op.IS_NOT || op == Op.NOT_IN || op == Op.NOT_CONTAINS;
  }

  private static boolean present(Test test, Object value) {
    Op op = test.op();
    return switch (op) {
      case IS, IN -> test.values().stream().anyMatch(one -> literal(one).equals(value));
      case IS_NOT, NOT_IN -> test.values().stream().noneMatch(one -> literal(one).equals(value));
      case LESS -> number(value) < number(literal(test.values().get(0)));
      case AT_MOST -> number(value) <= number(literal(test.values().get(0)));
      case MORE -> number(value) > number(literal(test.values().get(0)));
      case AT_LEAST -> number(value) >= number(literal(test.values().get(0)));
      case MATCHES, NOT_MATCHES, CONTAINS, NOT_CONTAINS, STARTS, NOT_STARTS, ENDS, NOT_ENDS ->
          inside(op, value.toString(), literal(test.values().get(0)).toString());
    };
  }

  private static boolean inside(Op op, String text, String part) {
    return switch (op) {
      case MATCHES -> Pattern.matches(part, text);
      case CONTAINS -> text.contains(part);
      case STARTS -> text.startsWith(part);
      case ENDS -> text.endsWith(part);
      case NOT_MATCHES, NOT_CONTAINS, NOT_STARTS, NOT_ENDS -> !inside(op.opposite(), text, part);
      case IS, IS_NOT, LESS, AT_LEAST, MORE, AT_MOST, IN, NOT_IN ->
          throw new IllegalStateException(op + " looks at the whole value");
    };
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }

  private static Object literal(Value value) {
    if (value instanceof Value.Text text) {
      return text.text();
    }
    if (value instanceof Value.Whole number) {
      return number.number();
    }
    if (value instanceof Value.FlagValue flag) {
      return flag.flag();
    }
    if (value instanceof Value.YesNo yesNo) {
      return yesNo.yes();
    }
    throw new IllegalStateException("no literal: " + value);
  }
}
