package io.bailiwick.lead;

import java.util.List;
import java.util.Map;

/**
 * Which territories a rulebook names, and where.
 *
 * @param places by the territory's name: every rule, and the first row of lookup tables
 * @param any whether a rule takes the name from the lead, so that it may be any
 */
public record TerritoryUses(Map<String, List<RulePlace>> places, boolean any) {

  public TerritoryUses {
    places = Map.copyOf(places);
  }

  /** The places that name this territory; none where nothing does. */
  public List<RulePlace> of(String name) {
    return places.getOrDefault(name, List.of());
  }
}
