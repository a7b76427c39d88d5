package io.bailiwick.disk;

import io.bailiwick.disk.Trace.Event;
import io.bailiwick.disk.Trace.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What is in a file: what is on disk for sure, and what came since and may be lost or torn. */
final class Contents {

  /** What a disk writes as a whole, in bytes. */
  private static final int SECTOR = 512;

  private byte[] sure = new byte[0];
  private int length;
  private final List<Change> changes = new ArrayList<>();

  /** A change and whether it is on disk by now; an unsure one is in the way of those after it. */
  private static final class Change {
    private final Event event;
    private boolean synced;
    private boolean dropped;

    Change(Event event) {
      this.event = event;
    }
  }

  void changed(Event event) {
    changes.add(new Change(event));
  }

  /** A failed sync leaves its pages clean: no later sync brings them to disk. */
  void synced(boolean failed) {
    for (Change change : changes) {
      if (failed && !change.synced) {
        change.dropped = true;
      } else if (!change.dropped) {
        change.synced = true;
      }
    }
    while (!changes.isEmpty() && changes.get(0).synced) {
      apply(changes.remove(0).event);
    }
  }

  /** What may be there after a power cut; {@code kept} is how much of what was not synced. */
  byte[] cut(double kept, Random random) {
    var image = new Contents();
    image.sure = Arrays.copyOf(sure, Math.max(length, 1));
    image.length = length;
    for (Change change : changes) {
      Event event = change.event;
      if (change.synced) {
        image.apply(event);
      } else if (event.kind() == Kind.TRUNCATE) {
        if (random.nextDouble() < kept) {
          image.apply(event);
        }
      } else {
        image.torn(event, kept, random);
      }
    }
    return Arrays.copyOf(image.sure, image.length);
  }

  private void torn(Event event, double kept, Random random) {
    int from = 0;
    while (from < event.data().length) {
      int at = (int) event.at() + from;
      int until = Math.min(event.data().length, from + SECTOR - at % SECTOR);
      if (random.nextDouble() < kept) {
        write(at, event.data(), from, until - from);
      } else if (random.nextInt(16) == 0) {
        // The file has grown, but what it grew by is not there.
        grow(at + until - from);
      }
      from = until;
    }
  }

  private void apply(Event event) {
    if (event.kind() == Kind.WRITE) {
      write((int) event.at(), event.data(), 0, event.data().length);
    } else {
      int to = (int) event.at();
      if (to < length) {
        Arrays.fill(sure, to, length, (byte) 0);
        length = to;
      } else {
        grow(to);
      }
    }
  }

  private void write(int at, byte[] data, int from, int size) {
    grow(at + size);
    System.arraycopy(data, from, sure, at, size);
  }

  private void grow(int to) {
    if (to > sure.length) {
      sure = Arrays.copyOf(sure, Math.max(to, sure.length * 2));
    }
    length = Math.max(length, to);
  }
}
