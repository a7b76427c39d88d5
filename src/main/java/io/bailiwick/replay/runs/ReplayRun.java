package io.bailiwick.replay.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Nullable;
import io.bailiwick.replay.compare.Changed;
import io.bailiwick.replay.compare.NearestRules.Beside;
import io.bailiwick.replay.compare.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** One replay: asked for, under way, and then what came of it. Any thread may look. */
public final class ReplayRun {

  /** How far it is. */
  public enum State {
    WAITING,
    COMPILING,
    RUNNING,
    DONE,
    FAILED;

    /** Its name in JSON. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Whether it is said what the fixtures do not notice. */
  public enum Mutants {
    /** Nobody asked. */
    NONE,
    RUNNING,
    DONE;

    /** Its name in JSON. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A changed lead with both rulebooks, to be asked about. */
  public record Row(Changed changed, Beside beside, Rulebook base, Rulebook candidate) {}

  private final String id;
  private final ReplayWish wish;
  private final Instant askedAt;
  private final AtomicLong leads = new AtomicLong();
  private final Map<String, Changed> changed = new ConcurrentHashMap<>();
  private final Map<String, Beside> beside = new ConcurrentHashMap<>();
  private volatile State state = State.WAITING;
  private volatile @Nullable ObjectNode result;
  private volatile @Nullable Verdict verdict;
  private volatile Mutants mutants;
  private volatile List<String> problems = List.of();
  private volatile @Nullable Rulebook base;
  private volatile @Nullable Rulebook candidate;

  ReplayRun(String id, ReplayWish wish, Instant askedAt) {
    this.id = id;
    this.wish = wish;
    this.askedAt = askedAt;
    this.mutants = wish.mutants() ? Mutants.RUNNING : Mutants.NONE;
  }

  /** Its id. */
  public String id() {
    return id;
  }

  /** What was asked for. */
  public ReplayWish wish() {
    return wish;
  }

  /** When. */
  public Instant askedAt() {
    return askedAt;
  }

  /** How far it is. */
  public State state() {
    return state;
  }

  /** How many leads were compared so far. */
  public long leads() {
    return leads.get();
  }

  /** What came of it; null before it is done. */
  public @Nullable ObjectNode result() {
    return result;
  }

  /** The same as values; null before it is done. */
  public @Nullable Verdict verdict() {
    return verdict;
  }

  /** Whether its result also tells mutants and suggested fixtures. */
  public Mutants mutants() {
    return mutants;
  }

  /** Why it could not be run, each a line; empty where it could. */
  public List<String> problems() {
    return problems;
  }

  /** The changed lead of that place, while the rulebooks are kept. */
  public Optional<Row> row(String place) {
    Changed one = changed.get(place);
    Beside where = beside.get(place);
    Rulebook older = base;
    Rulebook newer = candidate;
    return one == null || where == null || older == null || newer == null
        ? Optional.empty()
        : Optional.of(new Row(one, where, older, newer));
  }

  void become(State next) {
    state = next;
  }

  void count(long more) {
    leads.addAndGet(more);
  }

  void keep(Changed one, Beside where) {
    changed.put(one.row().place(), one);
    beside.put(one.row().place(), where);
  }

  void judgedBy(Rulebook older, Rulebook newer) {
    base = older;
    candidate = newer;
  }

  /** The candidate's rulebook, while it is kept. */
  Optional<Rulebook> judge() {
    return Optional.ofNullable(candidate);
  }

  void done(Verdict told, ObjectNode answer) {
    verdict = told;
    result = answer;
    state = State.DONE;
  }

  /** True for the first who asks, who has to see to it. */
  synchronized boolean weigh() {
    boolean first = mutants == Mutants.NONE;
    mutants = first ? Mutants.RUNNING : mutants;
    return first;
  }

  /** Adds what the fixtures do not notice; null where it could not be found out. */
  void weighed(@Nullable ObjectNode mutation) {
    ObjectNode now = result;
    if (mutation != null && now != null) {
      ObjectNode more = now.objectNode().setAll(now);
      more.set("mutation", mutation);
      result = more;
    }
    mutants = mutation == null ? Mutants.NONE : Mutants.DONE;
  }

  void failed(List<String> why) {
    problems = List.copyOf(why);
    state = State.FAILED;
  }

  /** Its rulebooks, to be ended; it has none from now on. */
  List<Rulebook> leave() {
    Rulebook older = base;
    Rulebook newer = candidate;
    base = null;
    candidate = null;
    return older == null || newer == null ? List.of() : List.of(older, newer);
  }
}
