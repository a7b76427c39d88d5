package io.bailiwick.flow;

import io.bailiwick.flow.Candidates.Held;
import io.bailiwick.flow.ShadowAnswer.Judges;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Nullable;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lets one candidate judge live leads beside the version that serves, without consequence: its
 * decisions are compared and counted, never recorded or sent, and no lead waits for them. What it
 * has come to is kept in memory and ends with a publication and with the process. Any thread may
 * call; answers come on the flow's thread.
 */
public final class Shadow {

  /** What ended a shadow. */
  public enum End {
    PUBLISHED("its rules serve"),
    OUTDATED("another version serves, to which it was not compared"),
    WITHDRAWN("the candidate was withdrawn or replaced"),
    DROPPED("it was dropped"),
    ENDLESS(ShadowJudging.MOST_ABANDONED + " of its judgements did not end in time");

    private final String told;

    End(String told) {
      this.told = told;
    }

    /** In words. */
    public String told() {
      return told;
    }
  }

  private final Ports ports;
  private final Candidates candidates;
  private final ServingVersion serving;
  private @Nullable ShadowJudging judging;
  private @Nullable String lastEnd;

  Shadow(Ports ports, Candidates candidates, ServingVersion serving) {
    this.ports = ports;
    this.candidates = candidates;
    this.serving = serving;
    serving.whenSwapped(this::swapped);
  }

  /**
   * Puts the candidate of that name in shadow. Where it is there already, nothing changes.
   *
   * @param hash which version is meant; null where the name says it all
   */
  public CompletionStage<ShadowAnswer> begin(String name, @Nullable String hash) {
    return onFlow(() -> begin(candidates.named(name), hash));
  }

  /** What the one in shadow has come to; empty where there is none. */
  public CompletionStage<Optional<ShadowStanding>> standing() {
    return onFlow(() -> Optional.ofNullable(judging).map(ShadowJudging::standing));
  }

  /** Why the last one ended, for people; empty before the first end. */
  public CompletionStage<Optional<String>> lastEnd() {
    return onFlow(() -> Optional.ofNullable(lastEnd));
  }

  /** Ends the shadow, whose candidate waits on; answers what it came to, empty for none. */
  public CompletionStage<Optional<ShadowStanding>> drop() {
    return onFlow(
        () -> {
          Optional<ShadowStanding> last = Optional.ofNullable(judging).map(ShadowJudging::standing);
          end(judging, End.DROPPED);
          return last;
        });
  }

  /** The one in shadow; on the flow's thread. */
  @Nullable
  ShadowRun run() {
    return judging == null ? null : judging.run();
  }

  /** These leads were judged, and their decisions handed on; on the flow's thread. */
  void judged(Judged batch) {
    if (judging != null) {
      judging.take(batch);
    }
  }

  private ShadowAnswer begin(@Nullable Held held, @Nullable String hash) {
    if (held == null) {
      return new ShadowAnswer.Unknown();
    }
    Candidate candidate = held.candidate();
    if (hash != null && !hash.equals(candidate.version().hash())) {
      return new ShadowAnswer.Changed(candidate);
    }
    return switch (candidate.state()) {
      case REFUSED -> new ShadowAnswer.Refused(candidate);
      case COMPILING, ANALYSING, PROVING, PUBLISHING -> new ShadowAnswer.NotWaiting(candidate);
      case WAITING -> begin(held);
    };
  }

  private ShadowAnswer begin(Held held) {
    Candidate candidate = held.candidate();
    ShadowJudging now = judging;
    if (now != null) {
      // A candidate that took the name of the one in shadow has ended that shadow.
      return now.run().candidate().equals(candidate.name())
          ? new Judges(now.standing())
          : new ShadowAnswer.Taken(now.run());
    }
    var run =
        new ShadowRun(
            candidate.name(),
            candidate.version().hash(),
            serving.now().publication().hash(),
            ports.timers().now());
    ShadowJudging begun = judging(run, held.rulebook());
    judging = begun;
    held.whenGone(() -> end(begun, held.dropped() ? End.WITHDRAWN : End.PUBLISHED));
    ports.signals().tell(new Signal.ShadowStarted(run));
    return new Judges(begun.standing());
  }

  private ShadowJudging judging(ShadowRun run, Rulebook rulebook) {
    return new ShadowJudging(ports, run, rulebook, () -> end(judging, End.ENDLESS));
  }

  /** Another version serves from now on, or the one in shadow does. */
  private void swapped() {
    if (judging != null) {
      boolean own = judging.run().hash().equals(serving.now().publication().hash());
      end(judging, own ? End.PUBLISHED : End.OUTDATED);
    }
  }

  /** Ends that one, if it is still the one. */
  private void end(@Nullable ShadowJudging which, End end) {
    if (which == null || which != judging) {
      return;
    }
    which.stop();
    judging = null;
    lastEnd =
        "%s (%s) ended at %s: %s"
            .formatted(
                which.run().candidate(), which.run().hash(), ports.timers().now(), end.told());
    ports.signals().tell(new Signal.ShadowEnded(which.standing(), end));
  }

  private <T> CompletionStage<T> onFlow(Supplier<T> what) {
    return CompletableFuture.supplyAsync(what, ports.timers());
  }
}
