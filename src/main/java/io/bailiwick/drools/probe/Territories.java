package io.bailiwick.drools.probe;

import io.bailiwick.drools.rule.CheckedRule.Pattern;
import io.bailiwick.drools.rule.Condition;
import io.bailiwick.drools.rule.Condition.Op;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.Condition.Value;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Placement;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The territories that rules meet: those of a snapshot, and for each name that rules or lookup rows
 * spell out and the snapshot lacks, one known to be missing. By name, as every pattern asks them.
 */
public final class Territories {

  private final Map<String, List<Territory>> byName = new HashMap<>();

  /** Of a snapshot, with the names that the rulebook spells out. */
  public Territories(TerritorySnapshot snapshot, Set<String> named) {
    for (Territory territory : snapshot.territories()) {
      byName.computeIfAbsent(territory.name(), name -> new ArrayList<>()).add(territory);
    }
    named.forEach(
        name -> byName.computeIfAbsent(name, missing -> List.of(Territory.missing(missing))));
  }

  /** Those that a pattern's name can mean. */
  Collection<Territory> fitting(Pattern pattern, Map<String, @Nullable Object> bound) {
    for (Condition condition : pattern.constraints()) {
      if (condition instanceof Test test && test.field().name().equals("name")) {
        if (test.op() == Op.IS) {
          return byName.getOrDefault(String.valueOf(name(test, bound)), List.of());
        }
      }
    }
    List<Territory> all = new ArrayList<>();
    byName.values().forEach(all::addAll);
    return all;
  }

  private static @Nullable Object name(Test test, Map<String, @Nullable Object> bound) {
    Value value = test.values().get(0);
    return value instanceof Value.Variable variable
        ? bound.get(variable.name())
        : ((Value.Text) value).text();
  }

  static Map<String, @Nullable Object> values(Territory territory) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("name", territory.name());
    values.put("manager", territory.manager());
    values.put("active", territory.active());
    values.put("apiEnabled", territory.apiEnabled());
    values.put("member", territory.member());
    values.put("createdAt", territory.createdAt());
    values.put("listed", territory.listed());
    return values;
  }

  static Map<String, @Nullable Object> values(Placement placement) {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("territory", placement.territory());
    values.put("listed", placement.listed());
    values.put("active", placement.active());
    values.put("apiEnabled", placement.apiEnabled());
    values.put("propagated", placement.propagated());
    values.put("member", placement.member());
    values.put("permitted", placement.permitted());
    values.put("ageMinutes", placement.ageMinutes());
    values.put("readyAt", placement.readyAt());
    return values;
  }
}
