package io.bailiwick.flow;

import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The calls that may still arrive: until none can, their leads are not looked up, whatever the
 * clock says. They are this life's own until something came of them, and those that an earlier life
 * of this process may have left on their way; when those are over cannot be told by the instants
 * that the earlier life wrote, so it is counted from this life's start. All calls on the flow's
 * thread.
 */
final class OpenCalls {

  private final Ports ports;
  private final Duration longest;
  private final Runnable wake;

  /** Leads whose call has begun in this life and is not over, as they were when it began. */
  private final Map<String, Entry> own = new HashMap<>();

  /** Of leads whose call has begun in this life while one of an earlier life could arrive. */
  private final Set<String> known = new HashSet<>();

  /** What was claimed too early, and is kept from being claimed again. */
  private final Map<String, Entry> kept = new LinkedHashMap<>();

  private boolean earlierOver;

  /** {@code longest}: after so long no call arrives. */
  OpenCalls(Ports ports, Duration longest, Runnable wake) {
    this.ports = ports;
    this.longest = longest;
    this.wake = wake;
  }

  void start() {
    // Of a journal that is shared a lead is given only when its lease has ended by the journal's
    // clock, and that is when its call cannot arrive.
    earlierOver = ports.journal().sharing().shared();
    if (!earlierOver) {
      ports.timers().after(longest, this::earlierOver);
    }
  }

  /** A call of this life, from before its leads are SENDING on disk. */
  void begun(Entry entry) {
    own.put(entry.id(), entry);
    if (!earlierOver) {
      known.add(entry.id());
    }
  }

  /** Those that are SENDING on disk; of the others no call begins. */
  List<Entry> sending(List<Move> steps, List<Move> applied) {
    List<Entry> sending =
        applied.stream().map(Move::after).filter(entry -> entry.stage() == Stage.SENDING).toList();
    Set<String> ids = sending.stream().map(Entry::id).collect(Collectors.toSet());
    recorded(steps.stream().filter(step -> !ids.contains(step.before().id())).toList());
    return sending;
  }

  /**
   * It was tried to write what came of them, which ended whatever claim there was; what was claimed
   * since, and before this was heard, is free.
   */
  void recorded(List<Move> moves) {
    List<String> claimedSince = new ArrayList<>();
    for (Move move : moves) {
      Entry before = move.before();
      boolean over = over(before);
      Entry claimed = kept.get(before.id());
      if (claimed == null || claimed.version() <= before.version()) {
        kept.remove(before.id());
      } else if (over) {
        claimedSince.add(before.id());
      }
    }
    giveBack(claimedSince);
  }

  /** Nothing was sent and nothing written: they are looked up in their time. */
  void dropped(List<Entry> leads) {
    giveBack(leads.stream().filter(this::over).map(Entry::id).toList());
  }

  /** False where another call of it has begun since, before this was heard. */
  private boolean over(Entry told) {
    Entry begun = own.get(told.id());
    boolean over = begun == null || begun.version() <= told.version();
    if (over) {
      own.remove(told.id());
    }
    return over;
  }

  /** Whether a lead that was being sent may be looked up; else it is kept, claimed, until then. */
  boolean mayLook(Entry sent) {
    boolean may = !own.containsKey(sent.id()) && (earlierOver || known.contains(sent.id()));
    if (!may) {
      kept.put(sent.id(), sent);
    }
    return may;
  }

  private void earlierOver() {
    earlierOver = true;
    known.clear();
    giveBack(kept.keySet().stream().filter(id -> !own.containsKey(id)).toList());
  }

  private void giveBack(List<String> ids) {
    List<Entry> back = new ArrayList<>();
    ids.stream().map(kept::remove).filter(Objects::nonNull).forEach(back::add);
    new Insistence(ports).giveBack(back, wake);
  }
}
