package io.bailiwick.drools.analysis;

import io.bailiwick.drools.rule.CheckedRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** The rules that count from one instant on, by salience, with their boxes found by an index. */
final class Ranks {

  private final List<CheckedRule> ordered;
  private final Map<CheckedRule, Integer> places = new HashMap<>();
  private final List<Integer> owners = new ArrayList<>();
  private final BoxIndex index;
  private final Work work;

  /** The rules as they stand in the files; each with its boxes. */
  Ranks(List<CheckedRule> rules, Function<CheckedRule, List<Box>> boxes, Work work) {
    this.work = work;
    this.ordered =
        rules.stream()
            .sorted(Comparator.comparingInt((CheckedRule rule) -> -rule.salience()))
            .toList();
    List<Box> all = new ArrayList<>();
    for (int i = 0; i < ordered.size(); i++) {
      places.put(ordered.get(i), i);
      for (Box box : boxes.apply(ordered.get(i))) {
        all.add(box);
        owners.add(i);
      }
    }
    this.index = new BoxIndex(all);
  }

  /** The rules of higher salience, the highest first. */
  List<CheckedRule> above(int salience) {
    return ordered.subList(0, countAbove(salience));
  }

  /** All boxes of rules of higher salience that meet this one. */
  List<Box> above(int salience, Box box) {
    int end = countAbove(salience);
    List<Box> near = new ArrayList<>();
    for (int number : meeting(box)) {
      if (owners.get(number) < end) {
        near.add(index.box(number));
      }
    }
    return near;
  }

  /** The rule itself and those behind it of its salience which may match a lead of its boxes. */
  List<CheckedRule> besides(CheckedRule rule, List<Box> boxes) {
    int place = places.getOrDefault(rule, ordered.size());
    var found = new TreeSet<Integer>();
    for (Box box : boxes) {
      for (int number : meeting(box)) {
        int owner = owners.get(number);
        if (owner >= place && ordered.get(owner).salience() == rule.salience()) {
          found.add(owner);
        }
      }
    }
    return found.stream().map(ordered::get).toList();
  }

  private List<Integer> meeting(Box box) {
    List<Integer> meeting = index.meeting(box);
    work.take(1 + owners.size() / 64 + meeting.size());
    return meeting;
  }

  /** How many rules have a higher salience. */
  private int countAbove(int salience) {
    int low = 0;
    int high = ordered.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ordered.get(middle).salience() > salience) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
