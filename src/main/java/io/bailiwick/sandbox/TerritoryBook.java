package io.bailiwick.sandbox;

import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The territories and the API user, and what a write to one of them is refused for. */
final class TerritoryBook {

  private final String userId;
  private final Map<String, Listed> byId = new LinkedHashMap<>();
  private final Map<String, String> statuses = new HashMap<>();
  private @Nullable Set<String> memberOf;
  private Flag permitted;
  private boolean enabled = true;
  private boolean leadsEnabled = true;

  TerritoryBook(String userId, TerritoryReading start) {
    this.userId = userId;
    start.territories().forEach(this::put);
    Set<String> ids = start.memberOf();
    // Sorted, since the reading's set has no order of its own and answers must be repeatable.
    this.memberOf = ids == null ? null : new LinkedHashSet<>(ids.stream().sorted().toList());
    this.permitted = start.permitted();
  }

  String userId() {
    return userId;
  }

  Collection<Listed> all() {
    return byId.values();
  }

  /** Null where the start did not say, which the sandbox takes as a member of all. */
  @Nullable
  Set<String> memberOf() {
    return memberOf;
  }

  Flag permitted() {
    return permitted;
  }

  /** The account of the user of that name; active where nobody said otherwise. */
  String status(String name) {
    return statuses.getOrDefault(name, People.ACTIVE);
  }

  void setStatus(String name, String status) {
    statuses.put(name, status);
  }

  void setUser(@Nullable Set<String> ids, Flag permission) {
    memberOf = ids;
    permitted = permission;
  }

  /** Whether the organisation has territory management at all. */
  boolean enabled() {
    return enabled;
  }

  void setEnabled(boolean on) {
    enabled = on;
  }

  /** Whether leads have territories, which Zoho's support switches on for an organisation. */
  boolean leadsEnabled() {
    return leadsEnabled;
  }

  void setLeadsEnabled(boolean on) {
    leadsEnabled = on;
  }

  void put(Listed territory) {
    byId.put(territory.id(), territory);
  }

  void remove(String id) {
    byId.remove(id);
  }

  @Nullable
  Listed byId(String id) {
    return byId.get(id);
  }

  /** The territory of that id, else the first of that name. */
  @Nullable
  Listed find(String idOrName) {
    Listed listed = byId.get(idOrName);
    if (listed != null) {
      return listed;
    }
    return byId.values().stream().filter(t -> t.name().equals(idOrName)).findFirst().orElse(null);
  }

  /** Why a write to this territory is refused, the first reason; null where it is not. */
  @Nullable
  Blocker refusal(String id, Instant now, Duration propagation) {
    Listed territory = byId.get(id);
    if (territory == null) {
      return Blocker.NOT_FOUND;
    }
    if (territory.active() == Flag.NO) {
      return Blocker.INACTIVE;
    }
    if (territory.apiEnabled() == Flag.NO) {
      return Blocker.API_DISABLED;
    }
    Instant created = territory.createdAt();
    if (created != null && now.isBefore(created.plus(propagation))) {
      return Blocker.PROPAGATING;
    }
    if (!member(territory)) {
      return Blocker.NOT_A_MEMBER;
    }
    return permitted == Flag.NO ? Blocker.NOT_PERMITTED : null;
  }

  /** Membership is inherited downwards: a member of the root reaches all. */
  private boolean member(Listed territory) {
    if (memberOf == null) {
      return true;
    }
    Set<String> walked = new HashSet<>();
    Listed here = territory;
    while (here != null && walked.add(here.id())) {
      if (memberOf.contains(here.id())) {
        return true;
      }
      String parent = here.parentId();
      here = parent == null ? null : byId.get(parent);
    }
    return false;
  }
}
