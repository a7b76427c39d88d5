package io.bailiwick.flow;

import static java.util.stream.Collectors.toSet;

import io.bailiwick.flow.Journal.Claim;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * The sending half of the dispatcher: SENDING is on disk before the bytes leave, the answer is on
 * disk before the lead moves on, and an outcome that is not known is looked up before anything is
 * sent again. Leads go together, as many as a call holds; never more than {@code maxInFlight} such
 * calls at a time.
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
  private final ServingRulebook rules;
  private final Recorder recorder;
  private final Delivery delivery;
  private final SendingSwitch sendingSwitch;
  private final DueLoop loop;
  private final Twins twins;
  private final int batch;
  private int inFlight;
  private @Nullable Instant heldUntil;

  Sending(
      Ports ports,
      TerritoryDirectory directory,
      Manner manner,
      Recorder recorder,
      SendingSwitch sendingSwitch) {
    this.ports = ports;
    this.directory = directory;
    this.settings = manner.settings();
    this.rules = manner.rules();
    this.recorder = recorder;
    this.sendingSwitch = sendingSwitch;
    this.batch = ports.crm().capabilities().batch();
    this.delivery = new Delivery(ports, manner.settings(), manner.random());
    this.twins = new Twins(ports);
    this.loop = new DueLoop(ports, Work.SEND, this::room, this::take);
  }

  void start() {
    calls(0);
    twins.start(loop::start);
  }

  DueLoop loop() {
    return loop;
  }

  boolean idle() {
    return inFlight == 0 && loop.idle();
  }

  /** In leads: as many as the free calls hold. */
  private int room() {
    boolean held = heldUntil != null && ports.timers().now().isBefore(heldUntil);
    return held ? 0 : (settings.maxInFlight() - inFlight) * batch;
  }

  private void take(List<Claim> claims) {
    Instant now = ports.timers().now();
    List<Move> givingWay = new ArrayList<>();
    List<Entry> going = new ArrayList<>();
    for (Claim claim : claims) {
      Entry entry = claim.entry();
      boolean sent = entry.stage() == Stage.SENDING;
      if (!sent && claim.newer() != null) {
        givingWay.add(Notes.superseded(entry, claim.newer(), now));
      } else if (!sent && sendingSwitch.paused().isPresent()) {
        Instant again = now.plus(settings.lookAgain());
        givingWay.add(Notes.paused(entry, sendingSwitch.paused().get(), again, now));
      } else if (twins.mayGo(entry)) {
        going.add(entry);
      }
    }
    recorder.record(givingWay);
    go(Together.of(going, batch), now);
  }

  /** What is left over when every call is taken stays due, and is claimed again. */
  private void go(List<List<Entry>> groups, Instant now) {
    int free = Math.min(groups.size(), settings.maxInFlight() - inFlight);
    for (List<Entry> left : groups.subList(free, groups.size())) {
      ports.journal().release(left);
      if (left.get(0).stage() != Stage.SENDING) {
        free(left.get(0));
      }
    }
    calls(free);
    for (List<Entry> group : groups.subList(0, free)) {
      if (group.get(0).stage() == Stage.SENDING) {
        run(group, delivery.look(group));
      } else {
        start(group.stream().map(entry -> starting(entry, now)).toList(), now);
      }
    }
  }

  /**
   * Of leads that were just judged, takes whole calls' worth of those that are to be sent, where
   * none waits for that already: deciding and leaving are then one commit. Answers the moves that
   * are left to record. A lead whose record is yet to be made waits for its turn.
   */
  List<Move> goOn(List<Move> judged) {
    if (!loop.caughtUp() || room() <= 0 || sendingSwitch.paused().isPresent()) {
      return judged;
    }
    Instant now = ports.timers().now();
    Map<String, Move> going = new LinkedHashMap<>();
    judged.stream().filter(Sending::mayGoOn).forEach(move -> going.put(move.after().id(), move));
    Together.of(going.values().stream().map(Move::after).toList(), batch).stream()
        .filter(call -> call.size() == batch)
        .limit(settings.maxInFlight() - inFlight)
        .forEach(
            call -> {
              calls(1);
              List<Move> steps = new ArrayList<>();
              for (Entry entry : call) {
                steps.add(going.remove(entry.id()));
                steps.add(starting(entry, now));
              }
              start(steps, now);
            });
    return judged.stream()
        .filter(move -> !mayGoOn(move) || going.containsKey(move.after().id()))
        .toList();
  }

  private static boolean mayGoOn(Move judged) {
    return judged.after().stage() == Stage.DECIDED && judged.after().crmId() != null;
  }

  private void start(List<Move> steps, Instant now) {
    recorder.record(
        steps,
        applied -> {
          List<Entry> sent =
              applied.stream()
                  .map(Move::after)
                  .filter(entry -> entry.stage() == Stage.SENDING)
                  .toList();
          if (sent.isEmpty() || late(now)) {
            calls(-1);
            free(steps.get(0).before());
          } else {
            run(sent, delivery.send(sent));
          }
        });
  }

  /**
   * A process that was stopped meanwhile finds others at its leads, so nothing of it may leave now:
   * they are looked up in their time.
   */
  private boolean late(Instant began) {
    return !ports.timers().now().isBefore(began.plus(settings.sendDeadline()));
  }

  private Move starting(Entry entry, Instant now) {
    Instant check = now.plus(settings.sendDeadline()).plus(GRACE);
    return new Move(
        entry, entry.sending(check, now), "sending, attempt " + (entry.attempts().spent() + 1));
  }

  private void run(List<Entry> sent, CompletionStage<List<NextStep>> under) {
    under
        .exceptionally(mistake -> delivery.broken(sent, mistake))
        .thenAcceptAsync(this::conclude, ports.timers());
  }

  private void calls(int more) {
    inFlight += more;
    ports.signals().tell(new Signal.InFlight(inFlight, settings.maxInFlight()));
  }

  private void conclude(List<NextStep> steps) {
    recorder.record(
        steps.stream().map(step -> watched(step.move())).toList(),
        applied -> {
          calls(-1);
          applied.stream().filter(Sending::known).forEach(move -> free(move.before()));
          unsure(steps, applied).forEach(this::freeWhenOver);
          loop.wake();
        });
    if (steps.stream().anyMatch(NextStep::refresh)) {
      directory.refreshSoon();
    }
    steps.forEach(this::hold);
  }

  /** Nobody told whether their moves are on disk, or others moved them. */
  private static List<Entry> unsure(List<NextStep> steps, List<Move> applied) {
    Set<String> sure = applied.stream().map(move -> move.after().id()).collect(toSet());
    return steps.stream()
        .map(step -> step.move().before())
        .filter(entry -> !sure.contains(entry.id()))
        .toList();
  }

  private void freeWhenOver(Entry entry) {
    twins.whenOver(entry, () -> free(entry));
  }

  /** Whether its call cannot arrive any more. */
  private static boolean known(Move move) {
    return move.after().stage() != Stage.SENDING;
  }

  private void free(Entry entry) {
    List<Entry> waited = twins.free(entry);
    if (!waited.isEmpty()) {
      ports.journal().release(waited).thenRunAsync(loop::wake, ports.timers());
    }
  }

  private Move watched(Move move) {
    return move.after().stage() == Stage.ASSIGNED
        ? Watching.from(move, rules.rulebook(), ports.timers().now())
        : move;
  }

  /** Nothing is sent for so long; a longer hold stands. */
  private void hold(NextStep step) {
    Duration wait = step.hold();
    if (wait == null) {
      return;
    }
    Instant until = ports.timers().now().plus(wait);
    if (heldUntil == null || until.isAfter(heldUntil)) {
      heldUntil = until;
      ports.signals().tell(new Signal.SendingHeld(until, step.move().note()));
      ports.timers().after(wait, loop::wake);
    }
  }
}
