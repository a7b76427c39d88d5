package io.bailiwick.flow;

import io.bailiwick.flow.Candidate.State;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.flow.Trial.Verdict;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The versions that do not serve yet, by name: one of {@code rules/}, and a bounded number of
 * uploaded ones, of which the eldest gives way. All calls on the flow's thread.
 */
final class Candidates {

  /** The most candidates at a time; each may hold a compiled rulebook. */
  static final int MOST = 8;

  private final Ports ports;
  private final Rulebooks rulebooks;
  private final Trial trial;
  private final Consumer<Held> proved;
  private final Map<String, Held> byName = new LinkedHashMap<>();

  /** {@code proved} is handed each candidate that came through its trial, ready to be published. */
  Candidates(Ports ports, Rulebooks rulebooks, Trial trial, Consumer<Held> proved) {
    this.ports = ports;
    this.rulebooks = rulebooks;
    this.trial = trial;
    this.proved = proved;
  }

  /** A candidate with its rulebook, from when it is compiled until it serves or is given up. */
  static final class Held {
    private Candidate candidate;
    private @Nullable Rulebook rulebook;
    private @Nullable Approval approval;
    private boolean dropped;
    private Runnable gone = () -> {};

    private Held(Candidate candidate) {
      this.candidate = candidate;
    }

    Candidate candidate() {
      return candidate;
    }

    /** Its rulebook, once it is proved. */
    Rulebook rulebook() {
      if (rulebook == null) {
        throw new IllegalStateException(candidate.name() + " is not proved");
      }
      return rulebook;
    }

    /** Approved before it was proved; null where it was not. */
    @Nullable
    Approval approval() {
      return approval;
    }

    void approve(@Nullable String who) {
      approval = new Approval(who);
    }

    /** Another took its place, or it was withdrawn. */
    boolean dropped() {
      return dropped;
    }

    /** This is run once, when it is no candidate any more, while its rulebook still judges. */
    void whenGone(Runnable then) {
      gone = then;
    }

    /** It is no candidate any more; saying so again changes nothing. */
    void leave() {
      Runnable then = gone;
      gone = () -> {};
      then.run();
    }

    void become(State state, Instant at) {
      candidate = candidate.as(state, at);
    }
  }

  /** Somebody's word that it may serve. */
  record Approval(@Nullable String who) {}

  /** Puts a version on trial; completes with how it ended, whoever took its place meanwhile. */
  CompletionStage<Candidate> take(String name, RuleVersion version) {
    drop(name);
    makeRoom();
    var held = new Held(Candidate.seen(name, version, ports.timers().now()));
    byName.put(name, held);
    ports.signals().tell(new Signal.CandidateTaken(held.candidate));
    return trial
        .of(version, step -> held.become(step, ports.timers().now()))
        .thenApply(verdict -> settled(held, verdict));
  }

  @Nullable
  Held named(String name) {
    return byName.get(name);
  }

  Optional<Held> withHash(String hash) {
    return byName.values().stream()
        .filter(held -> held.candidate.version().hash().equals(hash))
        .findFirst();
  }

  /** That of {@code rules/} first, the others as they came. */
  List<Candidate> all() {
    List<Candidate> all = new ArrayList<>();
    byName.forEach(
        (name, held) -> all.add(name.equals(Candidate.FOLDER) ? 0 : all.size(), held.candidate));
    return all;
  }

  /** Gives the candidate up, if there is one. */
  void drop(String name) {
    Held held = byName.remove(name);
    if (held != null) {
      held.dropped = true;
      held.leave();
      if (held.candidate.state() == State.WAITING) {
        rulebooks.retire(held.rulebook());
      }
    }
  }

  /** It serves, so it is no candidate any more. */
  void published(Held held) {
    byName.remove(held.candidate.name(), held);
    held.leave();
    held.rulebook = null;
  }

  /** It was not published: it waits again, or is given up where another took its place. */
  void notPublished(Held held) {
    if (held.dropped) {
      rulebooks.retire(held.rulebook());
    } else {
      held.become(State.WAITING, ports.timers().now());
    }
  }

  private Candidate settled(Held held, Verdict verdict) {
    held.candidate = held.candidate.after(verdict, ports.timers().now());
    if (verdict instanceof Verdict.Refused) {
      if (!held.dropped) {
        ports.signals().tell(new Signal.CandidateRefused(held.candidate));
      }
      return held.candidate;
    }
    var passed = (Verdict.Passed) verdict;
    if (held.dropped) {
      rulebooks.retire(passed.rulebook());
      return held.candidate;
    }
    held.rulebook = passed.rulebook();
    Candidate waiting = held.candidate;
    proved.accept(held);
    return waiting;
  }

  private void makeRoom() {
    if (byName.size() >= MOST) {
      byName.keySet().stream()
          .filter(name -> !name.equals(Candidate.FOLDER))
          .findFirst()
          .ifPresent(this::drop);
    }
  }
}
