package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
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
  record Turn(CallTrace trace, Effect effect, World world) {}

  private final SandboxSettings settings;
  private final TerritoryReading start;
  private final String userId;
  private final InstantSource clock;
  private JsonNode opening = Json.mapper().createArrayNode();
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
    return new Commands(() -> world, clock, this::reset).obey(commands);
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
    return Inspection.writes(records().writes(), new Inspection.Filter(module, id, after, limit));
  }

  /** Calls by method, path and status, and the most that were under way at once. */
  public synchronized ObjectNode calls() {
    return CallInspection.counts(world, clock.instant());
  }

  /** The last calls one by one, after that number, oldest first, at most {@code limit}. */
  public synchronized ObjectNode eachCall(long after, int limit) {
    return CallInspection.each(world.calls(), after, limit);
  }

  /** The territory id a record shows; empty where it shows none or does not exist. */
  public synchronized Optional<String> territoryOf(String module, String id) {
    RecordBook.Shown shown = records().find(module, id);
    return shown == null ? Optional.empty() : Optional.ofNullable(shown.territory());
  }

  synchronized Turn open(String method, String path) {
    Integer limit = world.meter().limits().concurrency();
    CallTrace trace = world.calls().begin(method, path, clock.instant(), limit);
    return new Turn(trace, world.faults().draw(path), world);
  }

  /** What the call brings is known. */
  synchronized void weigh(Turn turn, int records) {
    Limits limits = turn.world().meter().limits();
    turn.world().calls().weigh(turn.trace(), records, limits.subConcurrency());
  }

  /** The documented error that a fault has for this record of a call; null for none. */
  synchronized @Nullable ErrorRow provoked(String path, String id) {
    return world.faults().row(path, id);
  }

  /** Charges the call, or says why it is refused; null where it is not. */
  synchronized @Nullable ApiAnswer admit(Turn turn) {
    return Admission.of(turn.world().meter(), turn.trace(), clock.instant());
  }

  /** The credits left, where the API tells them. */
  synchronized @Nullable Long creditsRemaining() {
    return world.meter().remaining(clock.instant());
  }

  /** The most records of one assign or remove call. */
  synchronized int placesPerCall() {
    return world.meter().limits().placesPerCall();
  }

  synchronized void close(Turn turn, int status) {
    turn.world().calls().end(turn.trace(), status, clock.instant());
  }

  /** Writes to a record that is there. */
  synchronized Verdict write(Wish wish) {
    if (!RecordBook.MODULES.contains(wish.module())) {
      return Verdict.UNKNOWN_MODULE;
    }
    Verdict verdict = judge().verdict(wish);
    records().write(wish, verdict, clock.instant());
    return verdict;
  }

  /** Makes a record. */
  synchronized Wish.Made make(Wish wish) {
    Verdict verdict = judge().value(wish);
    if (verdict == Verdict.INVALID_TERRITORY) {
      records().log(wish, verdict, clock.instant());
      return new Wish.Made(verdict, "");
    }
    return new Wish.Made(Verdict.INSERTED, records().make(wish, verdict, clock.instant()));
  }

  /** Adds to a record or takes from it, at once or by a job. It is adopted where that is on. */
  synchronized Placed place(Placing placing) {
    RecordBook records = records();
    if (!RecordBook.MODULES.contains(placing.module())) {
      return Placed.of(Verdict.UNKNOWN_MODULE, 0);
    }
    Placed placed = judge().placed(placing);
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
    records.log(placing, placed, now);
    return placed;
  }

  /** The record, adopted first where that is on; null where there is none. */
  synchronized RecordBook.@Nullable Shown record(String module, String id) {
    return judge().exists(module, id) ? records().find(module, id) : null;
  }

  /** The job that waits for a record; null where none does. */
  synchronized ScheduledJobs.@Nullable Waiting waiting(String module, String id) {
    world.jobs().finish(world.records(), clock.instant());
    return world.jobs().waiting(module, id);
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

  /** Whether records of this module have territories. */
  synchronized boolean territoriesEnabled(String module) {
    return world.territories().enabled() && world.enabledFor(module);
  }

  /** The fields of every module; they change by orders alone. */
  synchronized Fields fields() {
    return world.fields();
  }

  /**
   * The record whose field has that value; null where there is none, or the field is not unique.
   */
  synchronized @Nullable String duplicate(String module, Field field, JsonNode value) {
    return world.records().duplicate(module, field, value);
  }

  /** All users, the API user first. */
  synchronized List<People.User> people() {
    return People.all(world.territories());
  }

  /** The account of the user of that name. */
  synchronized String status(String name) {
    return world.territories().status(name);
  }

  /** Who works in each of these territories, in their order. */
  synchronized List<List<People.User>> peopleOf(List<Listed> territories) {
    return People.of(territories, people(), world.territories().memberOf());
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

  /** The records as they are now: jobs that are due are done. */
  private RecordBook records() {
    world.jobs().finish(world.records(), clock.instant());
    return world.records();
  }

  private Judge judge() {
    return new Judge(world, settings, clock.instant());
  }

  /**
   * Obeys these commands now and after each reset, which makes them a part of the start. Throws
   * IllegalArgumentException as {@link #control} does. Answers this.
   */
  public synchronized SandboxModel opening(JsonNode commands) {
    control(commands);
    opening = commands;
    return this;
  }

  private void reset() {
    world = World.begin(userId, start, settings.seed());
    control(opening);
  }
}
