package io.bailiwick.drools.rule;

import io.bailiwick.drools.text.Span;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Nullable;
import java.util.Arrays;
import java.util.List;

/** What a pattern asks of its fact, as the guard understood it. */
public sealed interface Condition {

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
    public boolean asksPresence() {
      return values.get(0) instanceof Value.Absent;
    }
  }

  /** What stands on the right of an operator. */
  sealed interface Value {

    /** A text. */
    record Text(String text) implements Value {}

    /** A whole number. */
    record Whole(long number) implements Value {}

    /** One of YES, NO and UNKNOWN. */
    record FlagValue(Flag flag) implements Value {}

    /** True or false. */
    record YesNo(boolean yes) implements Value {}

    /** {@code null}. */
    record Absent() implements Value {}

    /** A field bound before. */
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
    public String word() {
      return word;
    }

    /** What holds of a present value exactly where this does not. */
    public Op opposite() {
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

    /** Whether it compares numbers by size. */
    public boolean isOrder() {
      return this == LESS || this == AT_LEAST || this == MORE || this == AT_MOST;
    }

    /** Whether several values stand on its right. */
    public boolean isList() {
      return this == IN || this == NOT_IN;
    }

    /** Whether it takes a pattern. */
    public boolean isRegex() {
      return this == MATCHES || this == NOT_MATCHES;
    }

    /** Whether it looks at the beginning or end of a text. */
    public boolean isStr() {
      return word.endsWith("]");
    }

    /** Whether it is an operator on the inside of a text. */
    public boolean isTextual() {
      return isRegex() || isStr() || this == CONTAINS || this == NOT_CONTAINS;
    }

    /** The operator of a sign, or null where there is none. */
    public static @Nullable Op ofSign(String sign) {
      return Arrays.stream(values()).filter(op -> op.word.equals(sign)).findFirst().orElse(null);
    }
  }
}
