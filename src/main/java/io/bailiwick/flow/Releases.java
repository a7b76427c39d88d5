package io.bailiwick.flow;

import io.bailiwick.flow.Candidate.State;
import io.bailiwick.flow.Candidates.Held;
import io.bailiwick.flow.Publisher.Mode;
import io.bailiwick.flow.ServingVersion.Next;
import io.bailiwick.flow.ServingVersion.Overtaken;
import io.bailiwick.flow.ServingVersion.Reason;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.Publication.How;
import io.bailiwick.lead.RuleVersion;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Lets proved candidates serve: at once, or when they are approved. On the flow's thread. */
final class Releases {

  /** When a proved change that the journal did not take is published again. */
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

  private final Ports ports;
  private final Rulebooks rulebooks;
  private final ServingVersion serving;
  private final RulesFolder folder;
  private final Candidates candidates;

  Releases(
      Ports ports, Rulebooks rulebooks, Trial trial, ServingVersion serving, RulesFolder folder) {
    this.ports = ports;
    this.rulebooks = rulebooks;
    this.serving = serving;
    this.folder = folder;
    this.candidates = new Candidates(ports, rulebooks, trial, this::proved);
  }

  Candidates candidates() {
    return candidates;
  }

  /** Publishes a proved candidate; where that fails it waits, or is tried again. */
  CompletionStage<Publication> publish(Held held, How how, @Nullable String who) {
    held.become(State.PUBLISHING, ports.timers().now());
    RuleVersion version = held.candidate().version();
    boolean inFolder = isFromFolder(held) || folder.holds(version);
    String dealtWith = inFolder ? version.digest() : null;
    var next = new Next(version, held.rulebook(), how, new Reason(who, null, dealtWith));
    CompletionStage<Publication> done =
        serves(held) ? keep(held, next) : serving.publish(next, () -> isTakenBack(held, how));
    return done.whenComplete(
        (publication, failure) -> {
          if (failure == null) {
            published(held, dealtWith);
          } else {
            notPublished(held, how, failure);
          }
        });
  }

  /** What another instance published may be what {@code rules/} holds here. */
  void followed() {
    Held held = candidates.named(Candidate.FOLDER);
    if (held != null && held.candidate().state() == State.WAITING && serves(held)) {
      publish(held, How.ON_CHANGE, null);
    }
  }

  private void proved(Held held) {
    Candidates.Approval approval = held.approval();
    if (approval != null) {
      publish(held, How.APPROVED, approval.who());
    } else if (isFromFolder(held) && (folder.mode() == Mode.ON_CHANGE || serves(held))) {
      publish(held, How.ON_CHANGE, null);
    } else {
      ports.signals().tell(new Signal.CandidateWaits(held.candidate()));
    }
  }

  /** Its rules serve already; what else is in it is kept with them. */
  private CompletionStage<Publication> keep(Held held, Next next) {
    return serving.inTurn(
        () ->
            ports
                .journal()
                .keepVersion(next.version(), null, next.reason().taken())
                .thenApplyAsync(
                    kept -> {
                      held.leave();
                      rulebooks.retire(next.rulebook());
                      ports.signals().tell(new Signal.CandidateKept(held.candidate()));
                      return serving.now().publication();
                    },
                    ports.timers()));
  }

  private void published(Held held, @Nullable String dealtWith) {
    folder.dealtWith(dealtWith);
    candidates.published(held);
    // What was uploaded may be what rules/ holds; then that is dealt with too.
    Held same = candidates.named(Candidate.FOLDER);
    if (same != null && same.candidate().version().digest().equals(dealtWith)) {
      candidates.drop(Candidate.FOLDER);
    }
  }

  private void notPublished(Held held, How how, Throwable failure) {
    if (!isTakenBack(held, how) && !Overtaken.is(failure)) {
      String what = "candidate " + held.candidate().name() + " could not be published";
      ports.signals().tell(new Signal.Trouble(what, failure));
    }
    candidates.notPublished(held);
    if (how == How.ON_CHANGE && !held.dropped()) {
      ports.timers().after(AFTER_FAILURE, () -> publishAgain(held));
    }
  }

  private void publishAgain(Held held) {
    if (!held.dropped() && held.candidate().state() == State.WAITING) {
      publish(held, How.ON_CHANGE, null);
    }
  }

  /**
   * {@code rules/} changed again while it waited for its turn. That may have been long ago, where
   * this process stood still, and others may have published what came after it.
   */
  private static boolean isTakenBack(Held held, How how) {
    return how == How.ON_CHANGE && held.dropped();
  }

  private static boolean isFromFolder(Held held) {
    return held.candidate().name().equals(Candidate.FOLDER);
  }

  private boolean serves(Held held) {
    return held.candidate().version().hash().equals(serving.now().publication().hash());
  }
}
