package io.bailiwick.store;

import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Stage;
import io.bailiwick.store.DecisionFence.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Whose the due leads of {@link MemoryJournal} are; its caller sees to one thread at a time. */
interface MemoryClaims {

  /** Whether nobody has it. */
  boolean free(String id);

  /** It is the caller's now. */
  void claim(String id);

  /** It is nobody's, if it was the caller's. */
  void release(String id);

  /** A move of it was tried, or several at once. */
  void moved(Entry before, Entry after, boolean applied);

  /** What the caller judges by. */
  Standing standing();

  /** When the claim on it ends by itself, by the asking instance's time; null for never. */
  @Nullable
  Instant until(String id, Instant asked);

  /** As of one service that owns its journal, which {@link DueLeads} keeps. */
  final class OfOne implements MemoryClaims {

    private final Set<String> claimed = new HashSet<>();

    @Override
    public boolean free(String id) {
      return !claimed.contains(id);
    }

    @Override
    public void claim(String id) {
      claimed.add(id);
    }

    @Override
    public void release(String id) {
      claimed.remove(id);
    }

    @Override
    public void moved(Entry before, Entry after, boolean applied) {
      claimed.remove(after.id());
    }

    @Override
    public Standing standing() {
      return Standing.NONE;
    }

    @Override
    public @Nullable Instant until(String id, Instant asked) {
      return null;
    }

    void clear() {
      claimed.clear();
    }
  }

  /** As of instances that share it, which {@link Leases} keeps; by the journal's own clock. */
  final class OfSeveral implements MemoryClaims {

    private record Held(String holder, Instant until) {}

    private final InstantSource clock;
    private final Map<String, Held> leads = new HashMap<>();
    private final Map<String, Held> works = new HashMap<>();
    private final Map<String, Standing> standings = new HashMap<>();
    private String caller = "";

    OfSeveral(InstantSource clock) {
      this.clock = clock;
    }

    /** Who calls from now on; answers who did before. */
    String caller(String instance) {
      String before = caller;
      caller = instance;
      return before;
    }

    @Override
    public boolean free(String id) {
      Held held = leads.get(id);
      return held == null || !held.until().isAfter(clock.instant());
    }

    @Override
    public void claim(String id) {
      leads.put(id, new Held(caller, clock.instant().plus(Leases.LEASE)));
    }

    @Override
    public void release(String id) {
      Held held = leads.get(id);
      if (held != null && held.holder().equals(caller)) {
        leads.remove(id);
      }
    }

    /** As {@link Dialect#claimAfter} has it. */
    @Override
    public void moved(Entry before, Entry after, boolean applied) {
      boolean begins = before.stage() != Stage.SENDING && after.stage() == Stage.SENDING;
      Held held = leads.get(after.id());
      if (!applied || held == null) {
        return;
      }
      if (begins && after.due() != null) {
        Duration call = Duration.between(after.changedAt(), after.due());
        leads.put(after.id(), new Held(held.holder(), clock.instant().plus(call)));
      } else {
        leads.remove(after.id());
      }
    }

    @Override
    public Standing standing() {
      return standings.getOrDefault(caller, Standing.NONE);
    }

    /** What the caller judges by. */
    void serving(String rulebook) {
      standings.put(caller, standing().withRules(rulebook));
    }

    /** What the caller judges beside. */
    void beside(String snapshot) {
      standings.put(caller, standing().withSnapshot(snapshot));
    }

    @Override
    public @Nullable Instant until(String id, Instant asked) {
      Held held = leads.get(id);
      return held == null
          ? null
          : asked.plus(Duration.between(clock.instant(), held.until())).plusMillis(1);
    }

    /** Whether this work is the caller's, for so long. */
    boolean take(String work, Duration lease) {
      Instant now = clock.instant();
      Held held = works.get(work);
      if (held != null && !held.holder().equals(caller) && held.until().isAfter(now)) {
        return false;
      }
      works.put(work, new Held(caller, now.plus(lease)));
      return true;
    }
  }
}
