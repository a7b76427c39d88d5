package io.bailiwick.sandbox;

import java.util.Locale;

/** What became of one territory write: decided once, told by both faces. */
enum Verdict {
  WRITTEN,
  /** Answered with SUCCESS, yet nothing was written: no known field, or the fault of that name. */
  IGNORED,
  INVALID_TERRITORY,
  UNKNOWN_RECORD,
  UNKNOWN_MODULE,
  /** Fields other than a territory were written. */
  UPDATED,
  /** A new record was made. */
  INSERTED,
  /** Taken from the record. */
  REMOVED,
  /** Accepted, to be done by a job; this and the following are verdicts on an action alone. */
  SCHEDULED,
  /** A job for this record waits already. */
  ALREADY_SCHEDULED,
  /** The record has this territory. */
  ALREADY_THERE,
  /** The record would have too many. */
  TOO_MANY,
  /** The record is locked for now. */
  LOCKED;

  /** The name in the write log. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
