package io.bailiwick.drools.rule;

import io.bailiwick.drools.rule.CheckedRule.Pattern;
import io.bailiwick.drools.rule.Condition.Op;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.Condition.Value;
import io.bailiwick.drools.rule.RangeIndex.Block;
import io.bailiwick.drools.rule.RangeIndex.Range;
import io.bailiwick.drools.text.Span;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the engine find rules by hash where it would try them one by one: ranges and lists of a
 * lead's field become equalities on fields derived of it, and equalities are asked first, those of
 * the most values before others. A lead matches exactly the same rules: what an equality does not
 * say by itself is still asked behind it.
 */
public final class Prefilter {

  /** Fewer ranges or lists of a field than this are tried as quickly one by one. */
  private static final int FEWEST = 8;

  /** A record has at most 255 components, of which files may declare a hundred. */
  private static final int MOST_DERIVED = 60;

  /** A field that is derived of another of the lead's. */
  public record Derived(Field field, Field source, Of of) {

    /** The derived value. */
    public interface Of {

      /** Null where the value is in none of the blocks or groups. */
      @Nullable
      Long value(Object source);
    }
  }

  private final Map<String, RangeIndex> ranges = new HashMap<>();
  private final Map<String, ListIndex> lists = new HashMap<>();
  private final Map<String, Derived> derived = new TreeMap<>();

  /** By fact and field, how many values rules ask it to be equal to. */
  private final Map<String, Set<List<Value>>> values = new HashMap<>();

  private Prefilter() {}

  /** Derives nothing. */
  public static Prefilter none() {
    return new Prefilter();
  }

  /** For these rules. */
  public static Prefilter of(List<CheckedRule> rules) {
    var prefilter = new Prefilter();
    List<Pattern> patterns = rules.stream().flatMap(r -> r.patterns().stream()).toList();
    prefilter.index(patterns.stream().filter(p -> p.fact().is(Fact.Kind.LEAD)).toList());
    for (Pattern pattern : patterns) {
      for (Condition condition : prefilter.narrowed(pattern)) {
        if (isEquality(condition)) {
          Test test = (Test) condition;
          prefilter
              .values
              .computeIfAbsent(key(pattern, test), k -> new HashSet<>())
              .add(test.values());
        }
      }
    }
    return prefilter;
  }

  /** The fields that are derived of the lead's, in their order. */
  public List<Derived> derived() {
    return List.copyOf(derived.values());
  }

  /** What a pattern asks, in the order in which the engine finds it soonest. */
  List<Condition> ordered(Pattern pattern) {
    List<Condition> equalities = new ArrayList<>();
    List<Condition> others = new ArrayList<>();
    for (Condition condition : narrowed(pattern)) {
      (isEquality(condition) ? equalities : others).add(condition);
    }
    equalities.sort(
        Comparator.comparingInt(
            condition -> -values.getOrDefault(key(pattern, (Test) condition), Set.of()).size()));
    equalities.addAll(others);
    return equalities;
  }

  private static String key(Pattern pattern, Test test) {
    return pattern.fact().word() + " " + test.field().name();
  }

  /** A comparison with one written value, which an absent value fails without harm. */
  private static boolean isEquality(Condition condition) {
    return condition instanceof Test test
        && test.op() == Op.IS
        && !test.asksPresence()
        && !(test.values().get(0) instanceof Value.Variable);
  }

  private void index(List<Pattern> leads) {
    Map<Field, Set<Range>> askedRanges = new LinkedHashMap<>();
    Map<Field, Set<List<Value>>> askedLists = new LinkedHashMap<>();
    for (Pattern lead : leads) {
      List<Test> tests = tests(lead);
      ranges(tests)
          .forEach((f, range) -> askedRanges.computeIfAbsent(f, k -> new HashSet<>()).add(range));
      tests.stream()
          .filter(test -> test.op() == Op.IN)
          .forEach(
              test ->
                  askedLists
                      .computeIfAbsent(test.field(), k -> new HashSet<>())
                      .add(test.values()));
    }
    mostAsked(askedRanges).forEach(field -> indexRanges(field, all(askedRanges, field)));
    mostAsked(askedLists).forEach(field -> indexLists(field, all(askedLists, field)));
  }

  private static <T> Set<T> all(Map<Field, Set<T>> asked, Field field) {
    return asked.getOrDefault(field, Set.of());
  }

  private static <T> List<Field> mostAsked(Map<Field, Set<T>> asked) {
    List<Field> fields = new ArrayList<>(asked.keySet());
    fields.removeIf(field -> all(asked, field).size() < FEWEST);
    fields.sort(Comparator.comparingInt(field -> -all(asked, field).size()));
    return fields;
  }

  private void indexRanges(Field field, Set<Range> asked) {
    var index = new RangeIndex(asked);
    if (derived.size() + index.levels().size() > MOST_DERIVED) {
      return;
    }
    ranges.put(field.name(), index);
    for (int level : index.levels()) {
      derive(field, "_" + level, value -> index.number(level, (Long) value));
    }
  }

  private void indexLists(Field field, Set<List<Value>> asked) {
    var index = new ListIndex(asked);
    if (index.groups() > 1 && derived.size() < MOST_DERIVED) {
      lists.put(field.name(), index);
      boolean number = field.kind() == Field.Kind.NUMBER;
      derive(
          field,
          "_in",
          value ->
              index.number(
                  number ? new Value.Whole((Long) value) : new Value.Text((String) value)));
    }
  }

  /** The names have a sign that no field of a file can have. */
  private void derive(Field source, String ending, Derived.Of of) {
    Field field = Field.optional(source.name() + ending, Field.Kind.NUMBER);
    derived.put(field.name(), new Derived(field, source, of));
  }

  /** The same conditions, with derived equalities in place of or before what they stand for. */
  private List<Condition> narrowed(Pattern pattern) {
    List<Condition> narrowed = new ArrayList<>();
    Set<Field> said = new HashSet<>();
    if (pattern.fact().is(Fact.Kind.LEAD)) {
      ranges(tests(pattern)).forEach((field, range) -> block(field, range, narrowed, said));
    }
    for (Condition condition : flat(pattern.constraints())) {
      if (!(condition instanceof Test test)) {
        narrowed.add(condition);
      } else if (test.op() == Op.IN) {
        list(pattern, test, narrowed);
      } else if (!(test.op().isOrder() && said.contains(test.field()))) {
        narrowed.add(test);
      }
    }
    return narrowed;
  }

  private void block(Field field, Range range, List<Condition> into, Set<Field> said) {
    RangeIndex index = ranges.get(field.name());
    if (index == null || range.from() >= range.end()) {
      return;
    }
    Block block = index.block(range);
    into.add(equal(field, "_" + block.level(), block.number()));
    if (block.exact()) {
      said.add(field);
    }
  }

  private void list(Pattern pattern, Test test, List<Condition> into) {
    if (test.values().size() == 1) {
      into.add(new Test(test.field(), Op.IS, test.values(), test.negated(), test.at()));
      return;
    }
    boolean lead = pattern.fact().is(Fact.Kind.LEAD);
    ListIndex index = lead ? lists.get(test.field().name()) : null;
    Long number = index == null ? null : index.number(test.values().get(0));
    if (index != null && number != null) {
      into.add(equal(test.field(), "_in", number));
      if (index.exact(test.values())) {
        return;
      }
    }
    into.add(test);
  }

  private Test equal(Field source, String ending, long number) {
    Derived known = derived.get(source.name() + ending);
    if (known == null) {
      throw new IllegalStateException("nothing is derived of " + source.name());
    }
    return new Test(known.field(), Op.IS, List.of(new Value.Whole(number)), false, new Span(0, 0));
  }

  /** The numbers that a pattern bounds on both sides. */
  private static Map<Field, Range> ranges(List<Test> tests) {
    Map<Field, Long> from = new LinkedHashMap<>();
    Map<Field, Long> end = new HashMap<>();
    for (Test test : tests) {
      if (test.op().isOrder() && test.values().get(0) instanceof Value.Whole number) {
        long value = number.number();
        switch (test.op()) {
          case AT_LEAST -> from.merge(test.field(), value, Math::max);
          case MORE -> from.merge(test.field(), value + 1, Math::max);
          case LESS -> end.merge(test.field(), value, Math::min);
          default -> end.merge(test.field(), value + 1, Math::min);
        }
      }
    }
    Map<Field, Range> ranges = new LinkedHashMap<>();
    from.forEach(
        (field, lowest) -> {
          Long last = end.get(field);
          if (last != null) {
            ranges.put(field, new Range(lowest, last));
          }
        });
    return ranges;
  }

  private static List<Test> tests(Pattern pattern) {
    List<Test> tests = new ArrayList<>();
    for (Condition condition : flat(pattern.constraints())) {
      if (condition instanceof Test test) {
        tests.add(test);
      }
    }
    return tests;
  }

  /** With what stands in brackets and is joined by "and" taken out of them. */
  private static List<Condition> flat(List<Condition> conditions) {
    List<Condition> flat = new ArrayList<>();
    for (Condition condition : conditions) {
      if (condition instanceof Condition.All all) {
        flat.addAll(flat(all.parts()));
      } else {
        flat.add(condition);
      }
    }
    return flat;
  }
}
