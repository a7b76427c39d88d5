package io.bailiwick.drools.rule;

import io.bailiwick.drools.rule.Condition.Value;
import io.bailiwick.lead.Nullable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lists of values that rules ask of one field with {@code in}, as groups: lists that share a
 * value are of one group. Which group a value is in is an equality that the engine finds by a hash,
 * while it would try lists one by one.
 */
final class ListIndex {

  private final Map<Value, Value> parents = new LinkedHashMap<>();
  private final Map<Value, Long> numbers = new HashMap<>();
  private final Map<Long, Integer> sizes = new HashMap<>();

  ListIndex(Collection<List<Value>> lists) {
    for (List<Value> list : lists) {
      list.forEach(value -> join(value, list.get(0)));
    }
    Map<Value, Long> roots = new HashMap<>();
    for (Value value : List.copyOf(parents.keySet())) {
      Long number = roots.computeIfAbsent(root(value), root -> (long) roots.size());
      numbers.put(value, number);
      sizes.merge(number, 1, Integer::sum);
    }
  }

  /** How many groups there are. */
  int groups() {
    return sizes.size();
  }

  /** The group of a value; null where no list holds it. */
  @Nullable
  Long number(Value value) {
    return numbers.get(value);
  }

  /** Whether a list is all of its group. */
  boolean exact(List<Value> list) {
    Integer size = sizes.get(numbers.get(list.get(0)));
    return size != null && new HashSet<>(list).size() == size;
  }

  private void join(Value one, Value other) {
    parents.putIfAbsent(one, one);
    parents.putIfAbsent(other, other);
    parents.put(root(one), root(other));
  }

  private Value root(Value value) {
    Value root = value;
    for (Value next = parents.get(root); next != null && next != root; next = parents.get(root)) {
      root = next;
    }
    // Next time it is one step.
    parents.put(value, root);
    return root;
  }
}
