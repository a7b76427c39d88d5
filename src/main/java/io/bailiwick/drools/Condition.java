package io.bailiwick.drools;

import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Nullable;
import java.util.Arrays;
import java.util.List;

/** What a pattern asks of its fact, as the guard understood it. */
sealed interface Condition {

  /** All hold, asked from left to right. */
  record All(List<Condition> parts) implements Condition {}

  /** At least one holds, asked from left to right. */
  record Any(List<Condition> parts) implements Condition {}

  /**
   * One field against one value, or several for {@code in}.
   *
   * @param negated whether it came of {@code !( )}, which turns an absent value into a match
   */
  record Test(Field field, Op op, List<Value> values, boolean negated, Span at)
      implements Condition {

    /** Whether it only asks if the value is there. */
    boolean asksPresence() {
      return values.get(0) instanceof Value.Absent;
    }
  }

  /** What stands on the right of an operator. */
  sealed interface Value {

    record Text(String text) implements Value {}

    record Whole(long number) implements Value {}

    record FlagValue(Flag flag) implements Value {}

    record YesNo(boolean yes) implements Value {}

    record Absent() implements Value {}

    record Variable(String name) implements Value {}
  }

  /** The operators, each with its opposite. */
  enum Op {
    IS("=="),
    IS_NOT("!="),
    LESS("<"),
    AT_LEAST(">="),
    MORE(">"),
    AT_MOST("<="),
    IN("in"),
    NOT_IN("not in"),
    MATCHES("matches"),
    NOT_MATCHES("not matches"),
    CONTAINS("contains"),
    NOT_CONTAINS("not contains"),
    STARTS("str[startsWith]"),
    NOT_STARTS("not str[startsWith]"),
    ENDS("str[endsWith]"),
    NOT_ENDS("not str[endsWith]");

    private final String word;

    Op(String word) {
      this.word = word;
    }

    /** Its spelling in a rule. */
    String word() {
      return word;
    }

    /** What holds of a present value exactly where this does not. */
    Op opposite() {
      return switch (this) {
        case IS -> IS_NOT;
        case IS_NOT -> IS;
        case LESS -> AT_LEAST;
        case AT_LEAST -> LESS;
        case MORE -> AT_MOST;
        case AT_MOST -> MORE;
        case IN -> NOT_IN;
        case NOT_IN -> IN;
        case MATCHES -> NOT_MATCHES;
        case NOT_MATCHES -> MATCHES;
        case CONTAINS -> NOT_CONTAINS;
        case NOT_CONTAINS -> CONTAINS;
        case STARTS -> NOT_STARTS;
        case NOT_STARTS -> STARTS;
        case ENDS -> NOT_ENDS;
        case NOT_ENDS -> ENDS;
      };
    }

    boolean isOrder() {
      return this == LESS || this == AT_LEAST || this == MORE || this == AT_MOST;
    }

    boolean isList() {
      return this == IN || this == NOT_IN;
    }

    boolean isRegex() {
      return this == MATCHES || this == NOT_MATCHES;
    }

    boolean isStr() {
      return word.endsWith("]");
    }

    /** Whether it is an operator on the inside of a text. */
    boolean isTextual() {
      return isRegex() || isStr() || this == CONTAINS || this == NOT_CONTAINS;
    }

    /** The operator of a sign, or null where there is none. */
    static @Nullable Op ofSign(String sign) {
      return Arrays.stream(values()).filter(op -> op.word.equals(sign)).findFirst().orElse(null);
    }
  }
}
