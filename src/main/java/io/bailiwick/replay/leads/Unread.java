package io.bailiwick.replay.leads;

import java.util.Locale;

/** Why a row of a lead file is no lead. */
public enum Unread {
  /** A field's value breaks a limit, or has the wrong type. */
  INVALID_LEAD,
  /** The row has the form of a fixture and a mistake in it. */
  INVALID_FIXTURE,
  /** The line or element is not a JSON object. */
  NOT_JSON,
  /** Every cell is empty. */
  EMPTY,
  /** The row has another number of cells than the header, as a report's footer has. */
  WRONG_CELLS,
  /** The row is longer than {@value LeadFiles#MAX_ROW} bytes. */
  TOO_LONG,
  /** The text is not UTF-8. */
  NOT_UTF8,
  /** The file ends or breaks here; what follows in it was not read. */
  BROKEN_FILE,
  /** It stands in the journal and was erased. */
  ERASED;

  /** The stable name, as reports and JSON spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
