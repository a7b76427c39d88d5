package io.bailiwick.sandbox;

import io.bailiwick.lead.Nullable;
import java.util.Set;

/**
 * One fault on demand.
 *
 * @param share of the calls it befalls, above 0 and at most 1
 * @param times how often it strikes before it is used up; null for ever
 * @param path the calls it concerns, by how their path begins
 * @param status the answer of {@link Kind#STATUS}, 400 to 599
 * @param retryAfter seconds of its Retry-After header; null for none
 * @param millis how long {@link Kind#LATENCY} and {@link Kind#LATE_ANSWER} take, at least
 * @param toMillis and at most
 * @param row what {@link Kind#ANSWER} answers; null for every other kind
 * @param record the one record such a fault concerns, by its id; null for any
 */
record Fault(
    Kind kind,
    double share,
    @Nullable Integer times,
    String path,
    int status,
    @Nullable Integer retryAfter,
    long millis,
    long toMillis,
    @Nullable ErrorRow row,
    @Nullable String record) {

  /** The closed set of faults, with their names in a command. */
  enum Kind {
    STATUS("status"),
    INVALID_TERRITORY("invalidTerritory"),
    LATENCY("latency"),
    RESET("reset"),
    LOST_ANSWER("lostAnswer"),
    LATE_ANSWER("lateAnswer"),
    IGNORE_WRITE("ignoreWrite"),
    GARBAGE("garbage"),
    RECORD_LOCKED("recordLocked"),
    ANSWER("answer");

    /** Those that befall one record of a call, and not the call. */
    static final Set<Kind> OF_A_RECORD = Set.of(INVALID_TERRITORY, IGNORE_WRITE, RECORD_LOCKED);

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static @Nullable Kind ofWord(String word) {
      for (Kind kind : values()) {
        if (kind.word.equals(word)) {
          return kind;
        }
      }
      return null;
    }
  }

  /** Whether it befalls one record of a call, and not the call. */
  boolean ofRecord() {
    return row == null ? Kind.OF_A_RECORD.contains(kind) : !row.ofCall();
  }

  /** The same with so many strikes left. */
  Fault left(@Nullable Integer count) {
    return new Fault(kind, share, count, path, status, retryAfter, millis, toMillis, row, record);
  }
}
