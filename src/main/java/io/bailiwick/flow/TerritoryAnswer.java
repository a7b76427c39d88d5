package io.bailiwick.flow;

import io.bailiwick.lead.TerritoryReading;

/** What reading the territories gave: all of them, or why not. */
public sealed interface TerritoryAnswer {

  /** A complete reading. */
  record Complete(TerritoryReading reading) implements TerritoryAnswer {}

  /**
   * Nothing to be used; a partial reading is none.
   *
   * @param unauthorized whether it is our token that was refused, or could not be had
   */
  record Failed(String detail, boolean unauthorized) implements TerritoryAnswer {

    /** For another cause than the token. */
    public Failed(String detail) {
      this(detail, false);
    }
  }
}
