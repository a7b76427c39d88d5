package io.bailiwick.sandbox;

import io.bailiwick.lead.Nullable;
import java.time.Instant;

/** One call from its beginning to its end. Guarded by the model's lock. */
final class CallTrace {

  /** A write of more records than this is one of those of which few may be under way at once. */
  static final int LIGHT = 10;

  final long seq;
  final String method;
  final String path;
  final Instant begin;

  /** How many calls were under way when this one had begun, itself among them. */
  final int underWay;

  /** Records the call brings to insert, update or upsert. */
  int records;

  /** Credits it has cost. */
  int credits;

  /** Which limit it is over, so that it is to be refused; null for none. */
  @Nullable String over;

  @Nullable Instant end;

  /** What it was answered; {@link CallLog#CUT} where it was not. */
  int status;

  CallTrace(long seq, String method, String path, Instant begin, int underWay) {
    this.seq = seq;
    this.method = method;
    this.path = path;
    this.begin = begin;
    this.underWay = underWay;
  }

  boolean heavy() {
    return records > LIGHT;
  }

  /** Every ten records a credit, and at least one (by report of Zoho's page on API limits). */
  int cost() {
    return Math.max(1, (records + LIGHT - 1) / LIGHT);
  }
}
