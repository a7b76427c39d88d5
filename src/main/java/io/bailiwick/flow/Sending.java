package io.bailiwick.flow;

import io.bailiwick.flow.Journal.Claim;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.lead.TraceParent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * The sending half of the dispatcher: SENDING is on disk before the bytes leave, the answer is on
 * disk before the lead moves on, and an outcome that is not known is looked up before anything is
 * sent again. Never more than {@code maxInFlight} calls at a time.
 */
final class Sending {

  /**
   * Beyond the CRM client's own deadline, before a call that nobody waits for any more is looked
   * up: bytes that left a service which was then killed may still arrive.
   */
  private static final Duration GRACE = Duration.ofSeconds(5);

  /** How it is done: the knobs, and what draws the jitter and the sample that is verified. */
  record Manner(DispatchSettings settings, RandomGenerator random, ServingRulebook rules) {}

  private final Ports ports;
  private final TerritoryDirectory directory;
  private final DispatchSettings settings;
  private final RandomGenerator random;
  private final ServingRulebook rules;
  private final Recorder recorder;
  private final RetryPolicy retries;
  private final SendingSwitch sendingSwitch;
  private final DueLoop loop;
  private int inFlight;
  private @Nullable Instant heldUntil;
  private boolean verifyAll = true;

  Sending(
      Ports ports,
      TerritoryDirectory directory,
      Manner manner,
      Recorder recorder,
      SendingSwitch sendingSwitch) {
    this.ports = ports;
    this.directory = directory;
    this.settings = manner.settings();
    this.random = manner.random();
    this.rules = manner.rules();
    this.recorder = recorder;
    this.sendingSwitch = sendingSwitch;
    this.retries = new RetryPolicy(settings);
    this.loop = new DueLoop(ports, Work.SEND, this::room, this::take);
  }

  void start() {
    calls(0);
    loop.start();
  }

  DueLoop loop() {
    return loop;
  }

  boolean idle() {
    return inFlight == 0 && loop.idle();
  }

  private int room() {
    boolean held = heldUntil != null && ports.timers().now().isBefore(heldUntil);
    return held ? 0 : settings.maxInFlight() - inFlight;
  }

  private void take(List<Claim> claims) {
    Instant now = ports.timers().now();
    List<Move> givingWay = new ArrayList<>();
    List<Move> starting = new ArrayList<>();
    for (Claim claim : claims) {
      Entry entry = claim.entry();
      if (entry.stage() == Stage.SENDING) {
        calls(1);
        look(entry);
      } else if (claim.newer() != null) {
        givingWay.add(Notes.superseded(entry, claim.newer(), now));
      } else if (sendingSwitch.paused().isPresent()) {
        Instant again = now.plus(settings.lookAgain());
        givingWay.add(Notes.paused(entry, sendingSwitch.paused().get(), again, now));
      } else {
        starting.add(starting(entry, now));
      }
    }
    recorder.record(givingWay);
    if (!starting.isEmpty()) {
      calls(starting.size());
    }
    recorder.record(
        starting,
        applied -> {
          calls(applied.size() - starting.size());
          applied.forEach(move -> begin(move.after()));
        });
  }

  private Move starting(Entry entry, Instant now) {
    Instant check = now.plus(settings.sendDeadline()).plus(GRACE);
    return new Move(
        entry, entry.sending(check, now), "sending, attempt " + (entry.attempts().spent() + 1));
  }

  private void begin(Entry sent) {
    if (sent.previous() == null) {
      send(sent);
    } else {
      check(sent);
    }
  }

  /** What takes the place of another decision is written only over what that one wrote. */
  private void check(Entry sent) {
    read(sent)
        .thenAcceptAsync(
            state -> {
              if (RetryPolicy.showsPrevious(sent, state)) {
                send(sent);
              } else {
                Instant now = ports.timers().now();
                conclude(retries.insteadOfWriting(sent, state, now, random.nextDouble()));
              }
            },
            ports.timers());
  }

  private void send(Entry sent) {
    Lead lead = sent.lead();
    var territory = sent.territory();
    String crmId = lead.crmId();
    if (territory == null || crmId == null) {
      throw new IllegalStateException(sent.id() + " was to be sent without a territory or record");
    }
    TraceParent trace = sent.trace() == null ? null : sent.trace().ofAttempt(sent);
    Instant began = ports.timers().now();
    ports
        .crm()
        .assign(new Assignment(lead.module(), crmId, territory, trace))
        .exceptionally(failure -> new Outcome.Unknown("the client broke: " + failure))
        .thenAcceptAsync(
            outcome -> {
              Duration took = Duration.between(began, ports.timers().now());
              ports.signals().tell(new Signal.Attempted(sent, outcome, took));
              answered(sent, outcome);
            },
            ports.timers());
  }

  private void calls(int more) {
    inFlight += more;
    ports.signals().tell(new Signal.InFlight(inFlight, settings.maxInFlight()));
  }

  private void answered(Entry sent, Outcome outcome) {
    if (outcome instanceof Outcome.Done && settings.verifyShare() > 0 && toVerify()) {
      verify(sent);
    } else {
      conclude(retries.after(sent, outcome, ports.timers().now(), random.nextDouble()));
    }
  }

  /** The first after a start and all after a write that was ignored, else a sample. */
  private boolean toVerify() {
    return verifyAll || random.nextDouble() < settings.verifyShare();
  }

  private void verify(Entry sent) {
    read(sent)
        .thenAcceptAsync(
            state -> {
              if (state instanceof RecordState.Present present) {
                verifyAll = !RetryPolicy.shows(sent, present);
              }
              TerritoryRef stale = RetryPolicy.stale(sent, state);
              if (stale != null) {
                remove(sent, stale);
              } else {
                Instant now = ports.timers().now();
                conclude(retries.afterVerifying(sent, state, now, random.nextDouble()));
              }
            },
            ports.timers());
  }

  private void look(Entry sent) {
    read(sent)
        .thenAcceptAsync(
            state -> {
              TerritoryRef stale = RetryPolicy.stale(sent, state);
              if (stale != null) {
                remove(sent, stale);
              } else {
                Instant now = ports.timers().now();
                conclude(retries.afterLooking(sent, state, now, random.nextDouble()));
              }
            },
            ports.timers());
  }

  /** Where a record has several territories, the one before goes when the new one is there. */
  private void remove(Entry sent, TerritoryRef stale) {
    Lead lead = sent.lead();
    String crmId = lead.crmId() == null ? "" : lead.crmId();
    TraceParent trace = sent.trace() == null ? null : sent.trace().ofAttempt(sent);
    ports
        .crm()
        .remove(new Assignment(lead.module(), crmId, stale, trace))
        .exceptionally(failure -> new Outcome.Unknown("the client broke: " + failure))
        .thenAcceptAsync(
            outcome -> {
              Instant now = ports.timers().now();
              conclude(retries.afterRemoving(sent, outcome, now, random.nextDouble()));
            },
            ports.timers());
  }

  private CompletionStage<RecordState> read(Entry sent) {
    String crmId = sent.lead().crmId();
    return ports
        .crm()
        .read(sent.lead().module(), crmId == null ? "" : crmId)
        .exceptionally(failure -> new RecordState.Unreadable("the client broke: " + failure));
  }

  private void conclude(NextStep next) {
    recorder.record(
        List.of(watched(next.move())),
        applied -> {
          calls(-1);
          loop.wake();
        });
    if (next.refresh()) {
      directory.refreshSoon();
    }
    if (next.hold() != null) {
      hold(next.hold(), next.move().note());
    }
  }

  private Move watched(Move move) {
    return move.after().stage() == Stage.ASSIGNED
        ? Watching.from(move, rules.rulebook(), ports.timers().now())
        : move;
  }

  /** Nothing is sent for so long; a longer hold stands. */
  private void hold(Duration wait, String why) {
    Instant until = ports.timers().now().plus(wait);
    if (heldUntil == null || until.isAfter(heldUntil)) {
      heldUntil = until;
      ports.signals().tell(new Signal.SendingHeld(until, why));
      ports.timers().after(wait, loop::wake);
    }
  }
}
