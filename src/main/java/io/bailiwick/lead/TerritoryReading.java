package io.bailiwick.lead;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one complete reading of the CRM gave: its territories, and what is known of the API user.
 *
 * @param memberOf ids of the territories the API user belongs to; null where that is not known
 * @param permitted whether the API user's profile has "Manage Territories"
 */
public record TerritoryReading(
    List<Listed> territories, @Nullable Set<String> memberOf, Flag permitted) {

  /** One territory as the CRM lists it; an absent flag is UNKNOWN. */
  public record Listed(
      String id,
      String name,
      @Nullable String parentId,
      @Nullable String manager,
      Flag active,
      Flag apiEnabled,
      @Nullable Instant createdAt,
      Staff staff) {}

  public TerritoryReading {
    territories = List.copyOf(territories);
    memberOf = memberOf == null ? null : Set.copyOf(memberOf);
  }

  /**
   * The snapshot this reading makes. A territory keeps the first sight that {@code previous} has of
   * it; a new one is first seen {@code now}.
   */
  public TerritorySnapshot snapshot(@Nullable TerritorySnapshot previous, Instant now) {
    Map<String, Instant> seen = new HashMap<>();
    if (previous != null) {
      previous.territories().forEach(t -> seen.put(t.id(), t.seenAt()));
    }
    Map<String, Listed> byId = new HashMap<>();
    territories.forEach(t -> byId.put(t.id(), t));
    List<Territory> facts = new ArrayList<>();
    for (Listed t : byId.values()) {
      facts.add(
          new Territory(
              t.id(),
              t.name(),
              t.parentId(),
              t.manager(),
              t.active(),
              t.apiEnabled(),
              t.createdAt(),
              seen.getOrDefault(t.id(), now),
              t.staff(),
              member(t, byId),
              true));
    }
    return new TerritorySnapshot(facts, permitted);
  }

  /** Walks up to the root; a parent that is not listed leaves the answer open. */
  private Flag member(Listed territory, Map<String, Listed> byId) {
    if (memberOf == null) {
      return Flag.UNKNOWN;
    }
    Set<String> walked = new HashSet<>();
    String id = territory.id();
    while (id != null && walked.add(id)) {
      if (memberOf.contains(id)) {
        return Flag.YES;
      }
      Listed here = byId.get(id);
      if (here == null) {
        return Flag.UNKNOWN;
      }
      id = here.parentId();
    }
    return Flag.NO;
  }
}
