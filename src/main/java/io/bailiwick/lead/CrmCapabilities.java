package io.bailiwick.lead;

import java.util.Set;

/**
 * What a CRM can do, as values: whoever sends to it asks these and never which CRM it is.
 *
 * @param batch the most records in one call that writes, 1 or more
 * @param modules the kinds of records it can write to
 * @param asynchronous whether SUCCESS may be said before the record shows it, so that every
 *     assignment is read back
 * @param records how it makes a record of a lead that has none; null where it makes none
 */
public record CrmCapabilities(
    int batch, Set<String> modules, boolean asynchronous, @Nullable NewRecords records) {

  /** Keeps its own copy; throws IllegalArgumentException where nothing fits into a call. */
  public CrmCapabilities {
    if (batch < 1) {
      throw new IllegalArgumentException("a call holds one record at least");
    }
    modules = Set.copyOf(modules);
  }

  /** Whether it can make a record of a lead that has none. */
  public boolean creates() {
    return records != null;
  }
}
