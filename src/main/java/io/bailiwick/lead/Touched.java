package io.bailiwick.lead;

import java.time.Instant;

/** When people last worked on a record, as the CRM tells it: a closed set. */
public sealed interface Touched {

  /** The CRM does not tell. */
  Touched UNKNOWN = new Unknown();

  /** Then, the last time. */
  record At(Instant at) implements Touched {}

  /** Never yet. */
  record Never() implements Touched {}

  /** The CRM does not tell. */
  record Unknown() implements Touched {}
}
