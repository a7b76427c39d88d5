package io.bailiwick.lead;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the record in the CRM may show because of us: every territory that this lead, or an earlier
 * revision of its record, was ever sent with. Where a record has several territories, those that
 * are not the last decision's are taken away again.
 *
 * @param territories in the order in which they were first sent
 * @param scheduledSince since when the CRM says that a job of its own will write the last one; null
 *     where none is known to be under way
 */
public record Written(List<TerritoryRef> territories, @Nullable Instant scheduledSince) {

  /** Nothing was ever sent. */
  public static final Written NOTHING = new Written(List.of(), null);

  /** Keeps its own copy. */
  public Written {
    territories = List.copyOf(territories);
  }

  /** And this one, where it is not among them. */
  Written and(@Nullable TerritoryRef territory) {
    return territory == null ? this : and(new Written(List.of(territory), null));
  }

  /** And those of an earlier revision, whose jobs are not this one's. */
  public Written and(Written earlier) {
    List<TerritoryRef> all = new ArrayList<>(territories);
    for (TerritoryRef ref : earlier.territories) {
      if (ref.id() != null && all.stream().noneMatch(one -> ref.id().equals(one.id()))) {
        all.add(ref);
      }
    }
    return all.size() == territories.size() ? this : new Written(all, scheduledSince);
  }

  /** A job of the CRM writes the last one; it began when that was first said. */
  Written scheduled(Instant now) {
    return scheduledSince == null ? new Written(territories, now) : this;
  }

  /** No job is waited for any more. */
  Written settled() {
    return scheduledSince == null ? this : new Written(territories, null);
  }
}
