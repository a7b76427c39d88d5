package io.bailiwick.drools.analysis;

import io.bailiwick.drools.rule.Condition.Op;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.Condition.Value;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The values that a field may have: texts or numbers by their order, tests on the inside of texts,
 * and whether it may be absent. Whether some text passes several tests at once is not decided here;
 * until shown otherwise such a set is taken to hold something.
 *
 * @param inside tests that a text must pass besides
 */
record ValueSet(Field field, Intervals values, List<Inside> inside, boolean absent) {

  /** A test on the inside of a text, or its opposite. */
  record Inside(Op op, String text) {

    boolean passes(String value) {
      return switch (op) {
        case MATCHES -> Pattern.matches(text, value);
        case NOT_MATCHES -> !Pattern.matches(text, value);
        case CONTAINS -> value.contains(text);
        case NOT_CONTAINS -> !value.contains(text);
        case STARTS -> value.startsWith(text);
        case NOT_STARTS -> !value.startsWith(text);
        case ENDS -> value.endsWith(text);
        case NOT_ENDS -> !value.endsWith(text);
        case IS, IS_NOT, LESS, AT_LEAST, MORE, AT_MOST, IN, NOT_IN ->
            throw new IllegalStateException(op + " looks at the whole value");
      };
    }
  }

  private static final Intervals TEXTS = Intervals.between("\u0001", null);
  private static final Intervals NUMBERS = Intervals.between(0L, LeadField.MAX_NUMBER + 1);
  private static final Map<String, Closed> CLOSED = new ConcurrentHashMap<>();

  /** Every value that the field can have. */
  static ValueSet all(Field field) {
    return new ValueSet(field, domain(field), List.of(), field.mayBeAbsent());
  }

  /** The values for which a comparison with literals holds. */
  static ValueSet of(Test test) {
    Field field = test.field();
    ValueSet all = all(field);
    if (test.asksPresence()) {
      return test.op() == Op.IS
          ? new ValueSet(field, Intervals.none(), List.of(), all.absent)
          : new ValueSet(field, all.values, List.of(), false);
    }
    Op op = test.op();
    boolean absent = all.absent && (test.negated() || op == Op.IS_NOT || op == Op.NOT_IN);
    if (op.isTextual()) {
      var inside = new Inside(op, ((Value.Text) test.values().get(0)).text());
      return new ValueSet(field, all.values, List.of(inside), absent);
    }
    return new ValueSet(field, all.values.and(compared(test, all.values)), List.of(), absent);
  }

  /** These values alone. */
  static ValueSet only(Field field, Intervals values) {
    return new ValueSet(field, values, List.of(), false);
  }

  ValueSet and(ValueSet other) {
    List<Inside> both = new ArrayList<>(inside);
    other.inside.stream().filter(test -> !both.contains(test)).forEach(both::add);
    return new ValueSet(field, values.and(other.values), both, absent && other.absent).settled();
  }

  /** Itself without what the field cannot be. */
  ValueSet within() {
    // A text that may be anything has nothing to be cut off, and a table's may be many.
    return field.kind() == Field.Kind.TEXT && field.closed().isEmpty()
        ? this
        : all(field).and(this);
  }

  /** Whether a value can be in both; never wrongly false. */
  boolean meets(ValueSet other) {
    if (absent && other.absent) {
      return true;
    }
    boolean plain = inside.isEmpty() && other.inside.isEmpty();
    return plain ? values.meets(other.values) : !and(other).isEmpty();
  }

  /** Sets that together hold what this holds and the other does not. */
  List<ValueSet> minus(ValueSet other) {
    List<ValueSet> rest = new ArrayList<>();
    rest.add(new ValueSet(field, values.minus(other.values), inside, absent && !other.absent));
    for (Inside test : other.inside) {
      var failing = new ArrayList<>(inside);
      failing.add(new Inside(test.op().opposite(), test.text()));
      rest.add(new ValueSet(field, values.and(other.values), failing, false).settled());
    }
    rest.removeIf(ValueSet::isEmpty);
    return rest;
  }

  /** What is in one of them, sets of one field; their tests on the inside are left out. */
  static ValueSet union(List<ValueSet> sets) {
    return new ValueSet(
        sets.get(0).field,
        Intervals.union(sets.stream().map(ValueSet::values).toList()),
        List.of(),
        sets.stream().anyMatch(ValueSet::absent));
  }

  boolean isEmpty() {
    return values.isEmpty() && !absent;
  }

  boolean holds(@Nullable Object value) {
    if (value == null) {
      return absent;
    }
    Object comparable = value instanceof Boolean yes ? (Object) (yes ? 1L : 0L) : value;
    return values.holds(comparable)
        && inside.stream().allMatch(test -> test.passes(String.valueOf(value)));
  }

  /** Where the texts can be counted, those that fail a test are left out at once. */
  private ValueSet settled() {
    if (inside.isEmpty() || !values.countable()) {
      return this;
    }
    List<Object> passing = new ArrayList<>();
    values.stretches().stream()
        .map(Intervals.Stretch::from)
        .filter(text -> inside.stream().allMatch(test -> test.passes((String) text)))
        .forEach(passing::add);
    return new ValueSet(field, Intervals.of(passing), List.of(), absent);
  }

  /** Hundreds of countries are sorted once, not for each condition. */
  private static Intervals closed(Field field) {
    return CLOSED
        .computeIfAbsent(field.name(), name -> new Closed(field.closed()))
        .of(field.closed());
  }

  /** Values that can be listed, and the same as a set. */
  private record Closed(List<String> list, Intervals values) {

    Closed(List<String> list) {
      this(list, Intervals.of(list));
    }

    Intervals of(List<String> wanted) {
      return wanted.equals(list) ? values : Intervals.of(wanted);
    }
  }

  private static Intervals compared(Test test, Intervals domain) {
    List<Object> literals = new ArrayList<>();
    test.values().forEach(value -> literals.add(literal(value)));
    Object first = literals.get(0);
    Object lowest = domain.isEmpty() ? first : domain.stretches().get(0).from();
    return switch (test.op()) {
      case IS, IN -> Intervals.of(literals);
      case IS_NOT, NOT_IN -> domain.minus(Intervals.of(literals));
      case LESS -> Intervals.between(lowest, first);
      case AT_MOST -> Intervals.between(lowest, Intervals.next(first));
      case AT_LEAST -> Intervals.between(first, null);
      case MORE -> Intervals.between(Intervals.next(first), null);
      case MATCHES, NOT_MATCHES, CONTAINS, NOT_CONTAINS, STARTS, NOT_STARTS, ENDS, NOT_ENDS ->
          throw new IllegalStateException(test.op() + " looks at the inside of a text");
    };
  }

  private static Object literal(Value value) {
    if (value instanceof Value.Text text) {
      return text.text();
    }
    if (value instanceof Value.Whole number) {
      return number.number();
    }
    if (value instanceof Value.YesNo yesNo) {
      return yesNo.yes() ? 1L : 0L;
    }
    throw new IllegalStateException("no value of a lead: " + value);
  }

  private static Intervals domain(Field field) {
    return switch (field.kind()) {
      case TEXT -> field.closed().isEmpty() ? TEXTS : closed(field);
      case NUMBER -> NUMBERS;
      case YES_NO -> Intervals.between(0L, 2L);
      case INSTANT, FLAG -> Intervals.between(0L, 1L);
    };
  }
}
