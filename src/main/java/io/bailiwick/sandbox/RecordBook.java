package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.Nullable;
import io.bailiwick.sandbox.Placing.Placed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The records of each module with their fields and territories, and the log of every write. */
final class RecordBook {

  /** The modules that may have territories (Zoho's page on assigning them). */
  static final List<String> MODULES = List.of("Leads", "Accounts", "Contacts", "Deals");

  /** So many records are kept; a further one is not adopted. */
  static final int MAX_RECORDS = 2_000_000;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final long FIRST_ID = 3_652_397_000_700_000_001L;

  /**
   * What a record shows; a record of no territory is not an absent record.
   *
   * @param territories in the order in which they came; the classic dialect knows the first
   * @param since when each of them was assigned, where that is known
   * @param activity when anybody last changed it or worked on it; null for never
   * @param fields what was written to it, but for its territories
   */
  record Shown(
      List<String> territories,
      Map<String, Instant> since,
      @Nullable Instant activity,
      Map<String, JsonNode> fields) {

    static final Shown EMPTY = new Shown(List.of(), Map.of(), null, Map.of());

    @Nullable
    String territory() {
      return territories.isEmpty() ? null : territories.get(0);
    }

    Shown with(List<String> others, Instant at) {
      return with(others, at, fields);
    }

    /** Changed at that instant; a territory that it had stays assigned since when it was. */
    Shown with(List<String> others, Instant at, Map<String, JsonNode> changed) {
      Map<String, Instant> times = new HashMap<>(since);
      times.keySet().retainAll(others);
      for (String one : others) {
        if (!territories.contains(one)) {
          times.put(one, at);
        }
      }
      return new Shown(List.copyOf(others), times, at, changed);
    }
  }

  private final Map<String, Map<String, Shown>> modules = new TreeMap<>();
  private final Duplicates duplicates = new Duplicates();
  private final WriteLog writes = new WriteLog();
  private long next = FIRST_ID;
  private boolean activityShown;

  RecordBook() {
    MODULES.forEach(module -> modules.put(module, new HashMap<>()));
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
      of(module).put(id, before.with(before.territories(), at));
    }
    return before != null;
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
    of(module).put(id, new Shown(one(territory), Map.of(), null, Map.of()));
  }

  /** Gives a record these fields, as if it had had them from the start. */
  void fill(String module, String id, Map<String, JsonNode> fields) {
    of(module).put(id, new Shown(List.of(), Map.of(), null, Map.copyOf(fields)));
    duplicates.put(module, fields, id);
  }

  /** Does what the verdict allows, and says so in the log. An edit is activity, too. */
  void write(Wish wish, Verdict verdict, Instant at) {
    if (verdict == Verdict.WRITTEN || verdict == Verdict.UPDATED) {
      put(wish, verdict, at);
    }
    log(wish, verdict, at);
  }

  /** Makes a record of it and answers its id; {@code verdict} is the one on what it writes. */
  String make(Wish wish, Verdict verdict, Instant at) {
    String id = Long.toString(next++);
    Wish made =
        new Wish(
            wish.path(),
            wish.module(),
            id,
            wish.named(),
            wish.territory(),
            wish.fields(),
            wish.options());
    of(wish.module()).put(id, Shown.EMPTY.with(List.of(), at));
    if (verdict != Verdict.IGNORED) {
      put(made, verdict, at);
    }
    log(made, Verdict.INSERTED, at);
    return id;
  }

  private void put(Wish wish, Verdict verdict, Instant at) {
    Shown before = of(wish.module()).getOrDefault(wish.id(), Shown.EMPTY);
    List<String> territories =
        verdict == Verdict.WRITTEN ? one(wish.territory()) : before.territories();
    Map<String, JsonNode> fields = before.fields();
    if (!wish.fields().isEmpty()) {
      fields = new LinkedHashMap<>(fields);
      fields.putAll(wish.fields());
      duplicates.remove(wish.module(), before.fields(), wish.id());
      duplicates.put(wish.module(), fields, wish.id());
    }
    of(wish.module()).put(wish.id(), before.with(territories, at, fields));
  }

  @Nullable
  String duplicate(String module, Field field, JsonNode value) {
    return field.unique() ? duplicates.find(module, field.name(), value) : null;
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
    of(placing.module()).put(placing.id(), before.with(all, at));
    log(placing, Placed.of(placing.removal() ? Verdict.REMOVED : Verdict.WRITTEN, 0), at);
  }

  private static List<String> one(@Nullable String territory) {
    return territory == null ? List.of() : List.of(territory);
  }

  boolean remove(String module, String id) {
    Shown gone = of(module).remove(id);
    if (gone != null) {
      duplicates.remove(module, gone.fields(), id);
    }
    return gone != null;
  }

  boolean full() {
    return modules.values().stream().mapToInt(Map::size).sum() >= MAX_RECORDS;
  }

  Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new TreeMap<>();
    modules.forEach((module, records) -> sizes.put(module, records.size()));
    return sizes;
  }

  void log(Wish wish, Verdict verdict, Instant at) {
    writes.add(
        new WriteLog.Write(
            0, at, wish.module(), wish.id(), wish.territory(), verdict, wish.options()));
  }

  void log(Placing placing, Placed placed, Instant at) {
    String territory = placing.territories().get(placed.at());
    writes.add(
        new WriteLog.Write(
            0, at, placing.module(), placing.id(), territory, placed.verdict(), null));
  }

  WriteLog writes() {
    return writes;
  }

  private Map<String, Shown> of(String module) {
    Map<String, Shown> records = modules.get(module);
    if (records == null) {
      throw new IllegalArgumentException("no module of this sandbox: " + module);
    }
    return records;
  }
}
