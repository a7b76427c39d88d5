package io.bailiwick.flow;

import io.bailiwick.lead.TerritoryReading;

/** What reading the territories gave: all of them, or why not. */
public sealed interface TerritoryAnswer {

  /** A complete reading. */
  record Complete(TerritoryReading reading) implements TerritoryAnswer {}

  /** Nothing to be used; a partial reading is none. */
  record Failed(String detail) implements TerritoryAnswer {}
}
