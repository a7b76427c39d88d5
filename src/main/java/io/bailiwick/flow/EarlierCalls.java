package io.bailiwick.flow;

import io.bailiwick.lead.Entry;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The calls that an earlier life of this process may have left on their way: until none can arrive
 * any more, their leads are not looked up. When that is cannot be told by the instants that the
 * earlier life wrote, for its clock may have been another; it is counted from this life's start.
 * All calls on the flow's thread.
 */
final class EarlierCalls {

  private final Ports ports;
  private final Duration longest;
  private final Runnable wake;
  private final Set<String> own = new HashSet<>();
  private final Map<String, Entry> kept = new LinkedHashMap<>();
  private boolean over;

  /** {@code longest}: after so long no call arrives. */
  EarlierCalls(Ports ports, Duration longest, Runnable wake) {
    this.ports = ports;
    this.longest = longest;
    this.wake = wake;
  }

  void start() {
    // Of a journal that is shared a lead is given only when its lease has ended by the journal's
    // clock, and that is when its call cannot arrive.
    over = ports.journal().sharing().shared();
    if (!over) {
      ports.timers().after(longest, this::over);
    }
  }

  /** This life's call: when it is over is known otherwise. */
  void begun(Entry entry) {
    if (!over) {
      own.add(entry.id());
    }
  }

  /** Whether a lead that was being sent may be looked up; else it is kept, claimed, until then. */
  boolean mayLook(Entry sent) {
    boolean may = over || own.contains(sent.id());
    if (!may) {
      kept.put(sent.id(), sent);
    }
    return may;
  }

  private void over() {
    over = true;
    own.clear();
    if (!kept.isEmpty()) {
      new Insistence(ports).giveBack(List.copyOf(kept.values()), wake);
      kept.clear();
    }
  }
}
