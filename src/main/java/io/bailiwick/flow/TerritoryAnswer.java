package io.bailiwick.flow;

import io.bailiwick.lead.AccessTrouble;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryReading;

/** What reading the territories gave: all of them, or why not. */
public sealed interface TerritoryAnswer {

  /** A complete reading. */
  record Complete(TerritoryReading reading) implements TerritoryAnswer {}

  /**
   * Nothing to be used; a partial reading is none.
   *
   * @param trouble why we were not let in; null for another cause
   */
  record Failed(String detail, @Nullable AccessTrouble trouble) implements TerritoryAnswer {

    /** For another cause than our access. */
    public Failed(String detail) {
      this(detail, null);
    }
  }
}
