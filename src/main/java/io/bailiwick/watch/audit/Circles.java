package io.bailiwick.watch.audit;

import io.bailiwick.lead.Territory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds territories that are each other's ancestors: each circle once. Pure. */
final class Circles {

  private Circles() {}

  /** Each circle in the order of its parents, from the territory whose name comes first. */
  static List<List<Territory>> of(List<Territory> territories) {
    Map<String, Territory> byId = new HashMap<>();
    territories.forEach(territory -> byId.putIfAbsent(territory.id(), territory));
    List<List<Territory>> circles = new ArrayList<>();
    Set<String> settled = new HashSet<>();
    for (Territory start : territories) {
      List<Territory> way = new ArrayList<>();
      Map<String, Integer> places = new HashMap<>();
      Territory here = start;
      while (here != null && !settled.contains(here.id()) && !places.containsKey(here.id())) {
        places.put(here.id(), way.size());
        way.add(here);
        here = here.parentId() == null ? null : byId.get(here.parentId());
      }
      Integer again = here == null ? null : places.get(here.id());
      if (again != null) {
        circles.add(fromTheFirst(way.subList(again, way.size())));
      }
      way.forEach(territory -> settled.add(territory.id()));
    }
    return circles;
  }

  private static List<Territory> fromTheFirst(List<Territory> circle) {
    int first = 0;
    for (int i = 1; i < circle.size(); i++) {
      if (Comparator.comparing(Territory::name).compare(circle.get(i), circle.get(first)) < 0) {
        first = i;
      }
    }
    List<Territory> turned = new ArrayList<>(circle.subList(first, circle.size()));
    turned.addAll(circle.subList(0, first));
    return turned;
  }
}
