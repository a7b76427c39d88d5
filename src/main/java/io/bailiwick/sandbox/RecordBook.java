package io.bailiwick.sandbox;

import io.bailiwick.lead.Nullable;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The records of each module with their territory, and the log of every write to them. */
final class RecordBook {

  /** The modules of the classic dialect (seed contract). */
  static final Set<String> MODULES = Set.of("Leads", "Accounts");

  /** The last so many writes are kept. */
  static final int MAX_WRITES = 1_000_000;

  /** So many records are kept; a further one is not adopted. */
  static final int MAX_RECORDS = 2_000_000;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** One write as it was asked for, with what became of it. */
  record Write(
      long seq,
      Instant at,
      String module,
      String id,
      @Nullable String territory,
      Verdict verdict) {}

  private final Map<String, Map<String, Shown>> modules = new TreeMap<>();
  private final Deque<Write> writes = new ArrayDeque<>();
  private long seq;
  private boolean activityShown;

  /**
   * What a record shows; a record of no territory is not an absent record.
   *
   * @param territories in the order in which they came; the classic dialect knows the first
   * @param activity when anybody last changed it or worked on it; null for never
   */
  record Shown(List<String> territories, @Nullable Instant activity) {

    @Nullable
    String territory() {
      return territories.isEmpty() ? null : territories.get(0);
    }
  }

  /** Whether records tell when they were last worked on. */
  boolean activityShown() {
    return activityShown;
  }

  void showActivity(boolean shown) {
    activityShown = shown;
  }

  /** Somebody works on a record; false where it is not there. */
  boolean touch(String module, String id, Instant at) {
    Shown before = find(module, id);
    if (before != null) {
      of(module).put(id, new Shown(before.territories(), at));
    }
    return before != null;
  }

  RecordBook() {
    MODULES.forEach(module -> modules.put(module, new HashMap<>()));
  }

  static boolean plausible(String id) {
    return ID.matcher(id).matches();
  }

  /** The record, or null; the module must be one of {@link #MODULES}. */
  @Nullable
  Shown find(String module, String id) {
    return of(module).get(id);
  }

  void put(String module, String id, @Nullable String territory) {
    of(module).put(id, new Shown(one(territory), null));
  }

  /** An edit is activity, too, as strict CRMs have it. */
  void write(String module, String id, @Nullable String territory, Instant at) {
    of(module).put(id, new Shown(one(territory), at));
  }

  /** Adds or takes away, and says so in the log; nothing where the record is not there. */
  void apply(Placing placing, Instant at) {
    Shown before = find(placing.module(), placing.id());
    if (before == null) {
      return;
    }
    List<String> all = new ArrayList<>(before.territories());
    all.removeAll(placing.territories());
    if (!placing.removal()) {
      all.addAll(placing.territories());
    }
    of(placing.module()).put(placing.id(), new Shown(List.copyOf(all), at));
    Verdict verdict = placing.removal() ? Verdict.REMOVED : Verdict.WRITTEN;
    log(at, placing.module(), placing.id(), placing.territories().get(0), verdict);
  }

  private static List<String> one(@Nullable String territory) {
    return territory == null ? List.of() : List.of(territory);
  }

  boolean remove(String module, String id) {
    return of(module).remove(id) != null;
  }

  boolean full() {
    return modules.values().stream().mapToInt(Map::size).sum() >= MAX_RECORDS;
  }

  Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new TreeMap<>();
    modules.forEach((module, records) -> sizes.put(module, records.size()));
    return sizes;
  }

  void log(Instant at, String module, String id, @Nullable String territory, Verdict verdict) {
    if (writes.size() == MAX_WRITES) {
      writes.removeFirst();
    }
    writes.addLast(new Write(++seq, at, module, id, territory, verdict));
  }

  /** Oldest first. */
  Iterable<Write> writes() {
    return writes;
  }

  /** How many were ever asked for, kept or not. */
  long written() {
    return seq;
  }

  private Map<String, Shown> of(String module) {
    Map<String, Shown> records = modules.get(module);
    if (records == null) {
      throw new IllegalArgumentException("no module of this sandbox: " + module);
    }
    return records;
  }
}
