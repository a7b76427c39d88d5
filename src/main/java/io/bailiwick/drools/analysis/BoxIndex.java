package io.bailiwick.drools.analysis;

import io.bailiwick.drools.analysis.Intervals.Stretch;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Many boxes, of which those that meet one are found without trying all: a box that asks a field
 * for a few values is kept under these, by the field on which most boxes differ.
 */
final class BoxIndex {

  /** More values of one field than this are not told apart. */
  private static final int FEW = 16;

  private static final Object ABSENT = new Object();

  private final List<Box> boxes;
  private final Map<String, Map<Object, BitSet>> byValue = new HashMap<>();
  private final BitSet others = new BitSet();

  BoxIndex(List<Box> boxes) {
    this.boxes = boxes;
    Map<String, Set<Object>> asked = new HashMap<>();
    for (Box box : boxes) {
      box.sets()
          .forEach(
              (field, set) -> asked.computeIfAbsent(field, f -> new HashSet<>()).addAll(few(set)));
    }
    for (int i = 0; i < boxes.size(); i++) {
      put(i, asked);
    }
  }

  Box box(int number) {
    return boxes.get(number);
  }

  /** The numbers of those that meet it, in their order. */
  List<Integer> meeting(Box box) {
    BitSet near = (BitSet) others.clone();
    byValue.forEach((field, values) -> near(box.sets().get(field), values, near));
    List<Integer> meeting = new ArrayList<>();
    for (int i = near.nextSetBit(0); i >= 0; i = near.nextSetBit(i + 1)) {
      if (boxes.get(i).meets(box)) {
        meeting.add(i);
      }
    }
    return meeting;
  }

  private static void near(@Nullable ValueSet set, Map<Object, BitSet> values, BitSet into) {
    List<Object> few = set == null ? List.of() : few(set);
    if (!few.isEmpty()) {
      for (Object value : few) {
        BitSet found = values.get(value);
        if (found != null) {
          into.or(found);
        }
      }
      return;
    }
    values.forEach(
        (value, found) -> {
          if (set == null || (value == ABSENT ? set.absent() : set.values().holds(value))) {
            into.or(found);
          }
        });
  }

  private void put(int number, Map<String, Set<Object>> asked) {
    String home = null;
    List<Object> few = List.of();
    int most = 0;
    for (Map.Entry<String, ValueSet> one : boxes.get(number).sets().entrySet()) {
      int different = asked.getOrDefault(one.getKey(), Set.of()).size();
      List<Object> its = different > most ? few(one.getValue()) : List.of();
      if (!its.isEmpty()) {
        home = one.getKey();
        few = its;
        most = different;
      }
    }
    if (home == null) {
      others.set(number);
      return;
    }
    Map<Object, BitSet> values = byValue.computeIfAbsent(home, f -> new HashMap<>());
    for (Object value : few) {
      values.computeIfAbsent(value, v -> new BitSet()).set(number);
    }
  }

  /** The values of a set; none where they are many. */
  private static List<Object> few(ValueSet set) {
    List<Stretch> stretches = set.values().stretches();
    if (stretches.size() > FEW || !set.values().countable()) {
      return List.of();
    }
    List<Object> few = new ArrayList<>();
    stretches.forEach(stretch -> few.add(stretch.from()));
    if (set.absent()) {
      few.add(ABSENT);
    }
    return few;
  }
}
