package io.bailiwick.flow;

import io.bailiwick.flow.Calls.Ready;
import io.bailiwick.flow.Journal.Claim;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The sending half of the dispatcher: SENDING is on disk before the bytes leave, the answer is on
 * disk before the lead moves on, and an outcome that is not known is looked up before anything is
 * sent again. Leads go together, as many as a call holds; never more than {@code maxInFlight} such
 * calls at a time.
 */
final class Sending {

  /**
   * Beyond the CRM client's own deadline, before a call that nobody waits for is looked up: it may
   * have left a while after it was begun, and bytes of a killed service may still arrive.
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
  private final Calls calls;
  private final OpenCalls open;
  private final Insistence insistence;

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
    this.calls = new Calls(ports.signals(), settings.maxInFlight());
    this.delivery = new Delivery(ports, manner.settings(), manner.random());
    this.twins = new Twins(ports);
    this.loop = new DueLoop(ports, Work.SEND, this::room, this::take);
    this.insistence = new Insistence(ports);
    this.open = new OpenCalls(ports, settings.sendDeadline().plus(GRACE), loop::wake);
  }

  void start() {
    calls.tell();
    open.start();
    twins.start(loop::start);
  }

  DueLoop loop() {
    return loop;
  }

  boolean idle() {
    return calls.none() && loop.idle();
  }

  /** In leads: as many as the calls hold that may be begun. */
  private int room() {
    return calls.rest(ports.timers().now()).isZero() ? calls.room() * batch : 0;
  }

  private void take(List<Claim> claims) {
    Instant now = ports.timers().now();
    List<Move> givingWay = new ArrayList<>();
    List<Entry> going = new ArrayList<>();
    Set<String> held = twins.holders();
    for (Claim claim : claims) {
      Entry entry = claim.entry();
      boolean sent = entry.stage() == Stage.SENDING;
      if (!sent && claim.newer() != null) {
        givingWay.add(Notes.superseded(entry, claim.newer(), now));
      } else if (!sent && sendingSwitch.paused().isPresent()) {
        givingWay.add(paused(entry, sendingSwitch.paused().get(), now));
      } else if ((!sent || open.mayLook(entry)) && twins.mayGo(entry)) {
        going.add(entry);
      }
    }
    recorder.record(givingWay);
    go(Together.of(going, batch), held, now);
  }

  /**
   * What is left over when every call is taken stays due, and holds names if it held them before.
   */
  private void go(List<List<Entry>> groups, Set<String> held, Instant now) {
    int free = Math.min(groups.size(), calls.room());
    for (List<Entry> left : groups.subList(free, groups.size())) {
      insistence.giveBack(left, loop::wake);
      if (!held.contains(left.get(0).id())) {
        free(left.get(0));
      }
    }
    calls.begin(free);
    for (List<Entry> group : groups.subList(0, free)) {
      twins.begun(group.get(0));
      if (group.get(0).stage() == Stage.SENDING) {
        calls.ready(new Ready(group, ports.timers().uptime()));
      } else {
        start(group.stream().map(entry -> starting(entry, now)).toList());
      }
    }
    leave();
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
        .limit(calls.room())
        .forEach(
            call -> {
              calls.begin(1);
              List<Move> steps = new ArrayList<>();
              for (Entry entry : call) {
                steps.add(going.remove(entry.id()));
                steps.add(starting(entry, now));
              }
              start(steps);
            });
    return judged.stream()
        .filter(move -> !mayGoOn(move) || going.containsKey(move.after().id()))
        .toList();
  }

  private static boolean mayGoOn(Move judged) {
    return judged.after().stage() == Stage.DECIDED && judged.after().crmId() != null;
  }

  private void start(List<Move> steps) {
    Duration began = ports.timers().uptime();
    recorder.record(
        steps,
        applied -> {
          List<Entry> sent = open.sending(steps, applied);
          if (sent.isEmpty()) {
            calls.ended();
            free(steps.get(0).before());
          } else {
            calls.ready(new Ready(sent, began, ports.timers().uptime()));
            leave();
          }
        });
  }

  /** As many as may; where nothing is to be sent meanwhile, what has not left waits on disk. */
  private void leave() {
    Optional<Pause> pause = sendingSwitch.paused();
    Duration rest = calls.rest(ports.timers().now());
    if (pause.isPresent()) {
      calls.notLeft().forEach(one -> wait(one, pause.get()));
    } else if (!rest.isZero()) {
      calls.notLeft().forEach(one -> conclude(delivery.notSent(one.leads(), rest)));
    }
    for (Ready next = calls.leave(); next != null; next = calls.leave()) {
      List<Entry> leads = next.leads();
      if (next.look()) {
        run(leads, delivery.look(leads));
      } else if (next.late(ports.timers().uptime(), settings.sendDeadline())) {
        calls.answered(null);
        calls.ended();
        open.dropped(leads);
        free(leads.get(0));
        loop.wake();
      } else if (next.waitedTooLong(ports.timers().uptime())) {
        calls.answered(null);
        conclude(delivery.notSent(leads, Duration.ZERO));
      } else {
        run(leads, delivery.send(leads));
      }
    }
  }

  private Move paused(Entry entry, Pause pause, Instant now) {
    return Notes.paused(entry, pause, now.plus(settings.lookAgain()), now);
  }

  private void wait(Ready one, Pause pause) {
    over(
        one.leads().stream().map(entry -> paused(entry, pause, ports.timers().now())).toList(),
        applied -> applied.forEach(move -> free(move.before())));
  }

  private Move starting(Entry entry, Instant now) {
    open.begun(entry);
    Instant check = now.plus(delivery.longest(entry)).plus(GRACE);
    return new Move(
        entry, entry.sending(check, now), "sending, attempt " + (entry.attempts().spent() + 1));
  }

  private void run(List<Entry> sent, CompletionStage<List<NextStep>> under) {
    Instant left = ports.timers().now();
    under
        .exceptionally(mistake -> delivery.broken(sent, mistake))
        .thenAcceptAsync(
            steps -> {
              calls.answered(Duration.between(left, ports.timers().now()));
              conclude(steps);
              leave();
            },
            ports.timers());
  }

  private void conclude(List<NextStep> steps) {
    over(
        steps.stream().map(step -> watched(step.move())).toList(),
        applied -> {
          applied.stream()
              .filter(move -> move.after().stage() != Stage.SENDING)
              .forEach(move -> free(move.before()));
          NextStep.unsure(steps, applied)
              .forEach(entry -> twins.whenOver(entry, () -> free(entry)));
        });
    if (steps.stream().anyMatch(NextStep::refresh)) {
      directory.refreshSoon();
    }
    steps.forEach(this::hold);
  }

  /** What came of a call, whose place another takes. */
  private void over(List<Move> moves, Consumer<List<Move>> then) {
    recorder.record(
        moves,
        applied -> {
          calls.ended();
          open.recorded(moves);
          then.accept(applied);
        });
  }

  private void free(Entry entry) {
    insistence.giveBack(twins.free(entry), loop::wake);
  }

  private Move watched(Move move) {
    return move.after().stage() == Stage.ASSIGNED
        ? Watching.from(move, rules.rulebook(), ports.timers().now())
        : move;
  }

  /** Nothing is sent for so long; a longer hold stands. */
  private void hold(NextStep step) {
    Duration wait = step.hold();
    if (wait == null || wait.isZero()) {
      return;
    }
    Timers timers = ports.timers();
    Instant until = timers.now().plus(wait);
    if (calls.restUntil(until)) {
      ports.signals().tell(new Signal.SendingHeld(until, step.move().note()));
    }
    timers.after(
        wait,
        () -> {
          calls.rested(until);
          loop.wake();
        });
  }
}
