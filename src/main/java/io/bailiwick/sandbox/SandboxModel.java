package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritoryReading.Listed;
import io.bailiwick.sandbox.Placing.Placed;
import io.bailiwick.sandbox.ScheduledJobs.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The one model behind both faces: what a write is answered, and what is kept of it, is decided
 * here and nowhere else. Any thread may use it; no method waits.
 */
public final class SandboxModel {

  /** A call under way: what the faults make of it, and where it is counted when it ends. */
  record Turn(String method, String path, Effect effect, CallLog log) {}

  /**
   * A territory write that is asked for.
   *
   * @param path of the call it came with, by which faults are chosen
   * @param named false where the write names no field this sandbox knows
   * @param territory null clears the record's territory
   */
  record Wish(String path, String module, String id, boolean named, @Nullable String territory) {}

  private final SandboxSettings settings;
  private final TerritoryReading start;
  private final String userId;
  private final InstantSource clock;
  private World world;

  /**
   * Begins with these territories, no records and no faults. An UNKNOWN flag of the start is left
   * out of answers and refuses nothing.
   */
  public SandboxModel(
      SandboxSettings settings, TerritoryReading start, String userId, InstantSource clock) {
    this.settings = settings;
    this.start = start;
    this.userId = userId;
    this.clock = clock;
    this.world = World.begin(userId, start, settings.seed());
  }

  /** The knobs it was made with. */
  public SandboxSettings settings() {
    return settings;
  }

  /**
   * Obeys one command, or an array of them in order (docs/sandbox.md lists them), and answers what
   * was done in the same shape. Throws IllegalArgumentException that says what to send; commands
   * before the wrong one stay done.
   */
  public synchronized JsonNode control(JsonNode commands) {
    return new Commands(world, clock, this::reset).obey(commands);
  }

  /** Territories, API user, faults and sizes, as they are now. */
  public synchronized ObjectNode state() {
    return Inspection.state(world, settings, clock.instant());
  }

  /**
   * The writes asked for after sequence number {@code after}, oldest first, at most {@code limit};
   * a null module or id means any.
   */
  public synchronized ObjectNode writes(
      @Nullable String module, @Nullable String id, long after, int limit) {
    return Inspection.writes(records(), new Inspection.Filter(module, id, after, limit));
  }

  /** Calls by method, path and status, and the most that were under way at once. */
  public synchronized ObjectNode calls() {
    return Inspection.calls(world.calls());
  }

  /** The territory id a record shows; empty where it shows none or does not exist. */
  public synchronized Optional<String> territoryOf(String module, String id) {
    RecordBook.Shown shown = records().find(module, id);
    return shown == null ? Optional.empty() : Optional.ofNullable(shown.territory());
  }

  synchronized Turn open(String method, String path) {
    world.calls().begin();
    return new Turn(method, path, world.faults().draw(path), world.calls());
  }

  synchronized void close(Turn turn, int status) {
    turn.log().end(turn.method(), turn.path(), status);
  }

  synchronized Verdict write(Wish wish) {
    if (!RecordBook.MODULES.contains(wish.module())) {
      return Verdict.UNKNOWN_MODULE;
    }
    Verdict verdict = judge(wish);
    if (verdict == Verdict.WRITTEN) {
      records().write(wish.module(), wish.id(), wish.territory(), clock.instant());
    }
    records().log(clock.instant(), wish.module(), wish.id(), wish.territory(), verdict);
    return verdict;
  }

  /** Adds to a record or takes from it, at once or by a job. It is adopted where that is on. */
  synchronized Placed place(Placing placing) {
    RecordBook records = records();
    if (!RecordBook.MODULES.contains(placing.module())) {
      return Placed.of(Verdict.UNKNOWN_MODULE, 0);
    }
    Placed placed = judge(placing);
    Duration delay = world.jobs().delay();
    Instant now = clock.instant();
    if (placed.verdict() == Verdict.WRITTEN && delay == null) {
      records.apply(placing, now);
      return placed;
    }
    if (placed.verdict() == Verdict.WRITTEN) {
      String job = world.jobs().add(new Job(placing, now.plus(delay)));
      placed = new Placed(Verdict.SCHEDULED, 0, null, job);
    }
    String first = placing.territories().get(placed.at());
    records.log(now, placing.module(), placing.id(), first, placed.verdict());
    return placed;
  }

  /** The record, adopted first where that is on; null where there is none. */
  synchronized RecordBook.@Nullable Shown record(String module, String id) {
    return exists(module, id) ? records().find(module, id) : null;
  }

  /** Whether records tell when they were last worked on. */
  synchronized boolean activityShown() {
    return world.records().activityShown();
  }

  /** Whether the organisation has territory management at all. */
  synchronized boolean territoriesEnabled() {
    return world.territories().enabled();
  }

  /** Asks the tokens. */
  synchronized <T> T oauth(Function<OAuthBook, T> question) {
    return question.apply(world.oauth());
  }

  Instant now() {
    return clock.instant();
  }

  synchronized List<Listed> territories() {
    return List.copyOf(world.territories().all());
  }

  String userId() {
    return userId;
  }

  /** The API user's own territories that exist; empty where the start did not say. */
  synchronized Optional<List<Listed>> userTerritories() {
    var ids = world.territories().memberOf();
    if (ids == null) {
      return Optional.empty();
    }
    List<Listed> own = new ArrayList<>();
    for (String id : ids) {
      Listed listed = world.territories().byId(id);
      if (listed != null) {
        own.add(listed);
      }
    }
    return Optional.of(own);
  }

  synchronized Flag permitted() {
    return world.territories().permitted();
  }

  private Verdict judge(Wish wish) {
    String territory = wish.territory();
    if (!exists(wish.module(), wish.id())) {
      return Verdict.UNKNOWN_RECORD;
    }
    if (!wish.named()) {
      return Verdict.IGNORED;
    }
    FaultPlan faults = world.faults();
    if (territory != null
        && (faults.strikes(Fault.Kind.INVALID_TERRITORY, wish.path()) || refused(territory))) {
      return Verdict.INVALID_TERRITORY;
    }
    return faults.strikes(Fault.Kind.IGNORE_WRITE, wish.path()) ? Verdict.IGNORED : Verdict.WRITTEN;
  }

  private Placed judge(Placing placing) {
    String module = placing.module();
    if (!exists(module, placing.id())) {
      return Placed.of(Verdict.UNKNOWN_RECORD, 0);
    }
    if (world.faults().strikes(Fault.Kind.RECORD_LOCKED, placing.path())) {
      return Placed.of(Verdict.LOCKED, 0);
    }
    RecordBook.Shown shown = records().find(module, placing.id());
    List<String> has = shown == null ? List.of() : shown.territories();
    for (int i = 0; i < placing.territories().size(); i++) {
      String territory = placing.territories().get(i);
      Blocker blocker = refusal(territory);
      if (world.faults().strikes(Fault.Kind.INVALID_TERRITORY, placing.path()) || blocker != null) {
        return new Placed(Verdict.INVALID_TERRITORY, i, blocker, null);
      }
      if (has.contains(territory) != placing.removal()) {
        return Placed.of(placing.removal() ? Verdict.INVALID_TERRITORY : Verdict.ALREADY_THERE, i);
      }
    }
    if (world.jobs().pending(module, placing.id())) {
      return Placed.of(Verdict.ALREADY_SCHEDULED, 0);
    }
    if (!placing.removal() && has.size() + placing.territories().size() > Placing.MOST) {
      return Placed.of(Verdict.TOO_MANY, 0);
    }
    boolean ignored = world.faults().strikes(Fault.Kind.IGNORE_WRITE, placing.path());
    return Placed.of(ignored ? Verdict.IGNORED : Verdict.WRITTEN, 0);
  }

  /** The records as they are now: jobs that are due are done. */
  private RecordBook records() {
    world.jobs().finish(world.records(), clock.instant());
    return world.records();
  }

  private boolean refused(String territory) {
    return refusal(territory) != null;
  }

  private @Nullable Blocker refusal(String territory) {
    Duration propagation = settings.propagation();
    return world.territories().refusal(territory, clock.instant(), propagation);
  }

  private boolean exists(String module, String id) {
    RecordBook records = world.records();
    if (records.find(module, id) != null) {
      return true;
    }
    if (!settings.adopt() || !RecordBook.plausible(id) || records.full()) {
      return false;
    }
    records.put(module, id, null);
    return true;
  }

  private void reset() {
    world = World.begin(userId, start, settings.seed());
  }
}
