package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.lead.Nullable;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Every write that was asked for, the last of them at least, with what became of it. */
final class WriteLog {

  /** The last so many writes are kept. */
  static final int MAX_WRITES = 1_000_000;

  /** One write as it was asked for. */
  record Write(
      long seq,
      Instant at,
      String module,
      String id,
      @Nullable String territory,
      Verdict verdict,
      @Nullable ObjectNode options) {}

  private final Deque<Write> writes = new ArrayDeque<>();
  private long seq;

  /** The sequence number is given here. */
  void add(Write write) {
    if (writes.size() == MAX_WRITES) {
      writes.removeFirst();
    }
    writes.addLast(
        new Write(
            ++seq,
            write.at(),
            write.module(),
            write.id(),
            write.territory(),
            write.verdict(),
            write.options()));
  }

  /** Oldest first. */
  Iterable<Write> kept() {
    return writes;
  }

  /** How many were ever asked for, kept or not. */
  long ever() {
    return seq;
  }
}
