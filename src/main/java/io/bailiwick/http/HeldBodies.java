package io.bailiwick.http;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much the bodies of all requests at a time may hold: what is beyond is not taken in, so that
 * no number of them ends the process for want of memory. Any thread may call.
 */
final class HeldBodies {

  /**
   * A body is a multiple of itself while it is taken apart and written. The process has one heap,
   * whatever servers run in it.
   */
  private static final long MOST = Runtime.getRuntime().maxMemory() / 16;

  private static final AtomicLong held = new AtomicLong();

  /** A single lead is no burden, and is taken in whatever the others send. */
  private static final int FREE = 4 * 1024;

  private final int largest;
  private long counted;

  /** Of one request, whose body may have so many bytes. */
  HeldBodies(int largest) {
    this.largest = largest;
  }

  /** Whether these bytes fit after those that are kept of it; they count until {@link #end}. */
  boolean fits(Buffer kept, Buffer more) {
    long after = Math.max(0, (long) kept.length() + more.length() - FREE);
    long added = after - counted;
    // The largest body that is allowed fits where it is alone.
    if (added > 0 && held.addAndGet(added) > Math.max(MOST, largest)) {
      held.addAndGet(-added);
      return false;
    }
    counted = after;
    return true;
  }

  /** Nothing of it is needed any more. */
  void end() {
    held.addAndGet(-counted);
    counted = 0;
  }
}
