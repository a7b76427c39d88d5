package io.bailiwick.simulation;

import io.bailiwick.flow.DirectorySettings;
import io.bailiwick.flow.DispatchSettings;
import io.bailiwick.flow.Intake;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.sandbox.SandboxCrm;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.store.MemoryJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The instances on one journal: each in its life, or dead for a while. */
final class Cluster {

  /** How far the clock of a machine may be from the world's, either way. */
  static final Duration CLOCK_WRONG = Duration.ofMinutes(10);

  /** So that a lead which no event wakes is found waiting, and not helped by the hourly look. */
  private static final Duration NO_SECOND_LOOK = Duration.ofDays(30);

  private static final class Instance {
    final int number;
    @Nullable SimulatedProcess process;
    int life;

    Instance(int number) {
      this.number = number;
    }
  }

  private final Plan plan;
  private final VirtualTimers world;
  private final SandboxModel model;
  private final MemoryJournal disk;
  private final DiskFaults diskFaults;
  private final WatchedCrm.Watch watch;
  private final Trace trace;
  private final Random random;
  private final Random fates;
  private final Neighbours neighbours;
  private final List<Instance> instances = new ArrayList<>();
  private RuleVersion folder;
  private int lives;
  private int kills;
  private int stops;
  private boolean healed;

  /** Where the instances are: the world, its disk and its CRM. */
  record Ground(
      VirtualTimers world,
      MemoryJournal disk,
      DiskFaults diskFaults,
      SandboxModel model,
      WatchedCrm.Watch watch,
      Trace trace) {}

  /** {@code random} draws what the flow draws, {@code fates} what befalls it. */
  Cluster(Plan plan, Ground ground, RuleVersion folder, Random random, Random fates) {
    this.plan = plan;
    this.world = ground.world();
    this.disk = ground.disk();
    this.diskFaults = ground.diskFaults();
    this.model = ground.model();
    this.watch = ground.watch();
    this.trace = ground.trace();
    this.folder = folder;
    this.random = random;
    this.fates = fates;
    this.neighbours = new Neighbours(world, fates, plan.lost());
    for (int i = 0; i < plan.instances(); i++) {
      Instance one = new Instance(i);
      instances.add(one);
      begin(one);
    }
  }

  int kills() {
    return kills;
  }

  int stops() {
    return stops;
  }

  /** One that takes leads, as a source or its balancer finds it; null where none does. */
  @Nullable
  Intake intake() {
    Instance one = drawn(instances);
    return one.process == null ? null : one.process.intake();
  }

  /** One that lives; null where none does. */
  @Nullable
  SimulatedProcess some() {
    List<Instance> living = living().toList();
    return living.isEmpty() ? null : drawn(living).process;
  }

  private Stream<Instance> living() {
    return instances.stream().filter(one -> one.process != null);
  }

  private Instance drawn(List<Instance> from) {
    return from.get(from.size() == 1 ? 0 : fates.nextInt(from.size()));
  }

  /** Somebody saves other rules, which all see within two seconds. */
  void sees(RuleVersion version) {
    folder = version;
    for (Instance one : instances) {
      Duration later = Duration.ofMillis(plan.several() ? fates.nextInt(2_000) : 0);
      world.after(
          later,
          () -> {
            if (one.process != null && folder == version) {
              whenGoing(one.process, () -> one.process.sees(version));
            }
          });
    }
  }

  /** Its looking stands still with it. */
  private void whenGoing(SimulatedProcess process, Runnable then) {
    if (process.own().stopped()) {
      world.after(process.own().stillStopped(), () -> whenGoing(process, then));
    } else if (process.own().alive()) {
      then.run();
    }
  }

  /** One of them dies at once: nothing it planned happens, nobody hears of what it was doing. */
  void kill() {
    List<Instance> living = living().toList();
    if (!plan.mortal() || healed || living.isEmpty()) {
      return;
    }
    Instance one = drawn(living);
    boolean atOnce = !plan.several() || fates.nextBoolean();
    end(one);
    if (atOnce) {
      begin(one);
    } else {
      restart(one, Duration.ofMillis(fates.nextInt(300_000)));
    }
  }

  private void end(Instance one) {
    kills++;
    trace.tell("killed", one.number);
    one.process.own().kill();
    one.process = null;
  }

  /** Whoever sees to it starts it again. */
  private void restart(Instance one, Duration later) {
    int life = one.life;
    world.after(
        later,
        () -> {
          if (one.life == life) {
            if (one.process != null) {
              end(one);
            }
            begin(one);
          }
        });
  }

  private void begin(Instance one) {
    int life = ++one.life;
    trace.tell("begun", one.number, life);
    disk.reopen();
    var own = new InstanceFaults(world, fates, clockAhead());
    if (plan.several()) {
      own.compareClocks();
    }
    var crm = new SandboxCrm(model, world, Duration.ofSeconds(30), plan.batch());
    var watched = new WatchedCrm(crm, watch, lives++, own);
    var around =
        new SimulatedProcess.Surroundings(
            world,
            own,
            folder,
            signal -> heard(one, signal),
            () -> {
              if (one.life == life) {
                restart(one, Duration.ofSeconds(1));
              }
            });
    var journal = new RiskyJournal(disk, world, random, own, diskFaults, neighbours);
    one.process = new SimulatedProcess(journal, watched, settings(), random, around);
  }

  /** One of them stands still, and goes on as if nothing had been. */
  void stop() {
    SimulatedProcess one = some();
    if (!plan.stops() || healed || one == null) {
      return;
    }
    stops++;
    int most = fates.nextInt(3) == 0 ? 600_000 : fates.nextBoolean() ? 60_000 : 2_000;
    Duration time = Duration.ofMillis(1 + fates.nextInt(most));
    trace.tell("stopped", time);
    one.own().stop(time);
  }

  /** One of them does not reach the journal for a while. */
  void cut() {
    SimulatedProcess one = some();
    if (plan.cuts() && !healed && one != null) {
      Duration time = Duration.ofMillis(1 + fates.nextInt(fates.nextBoolean() ? 600_000 : 20_000));
      trace.tell("cut off", time);
      one.own().cut(time);
    }
  }

  /** The clock of one machine is set. */
  void jump() {
    SimulatedProcess one = some();
    if (plan.clocksAreWrong() && !healed && one != null) {
      one.own().jump(clockAhead());
      trace.tell("clock set", one.own().now());
      neighbours.looked();
    }
  }

  /** Each life may have another clock. */
  private Duration clockAhead() {
    long most = CLOCK_WRONG.toMillis();
    return plan.clocksAreWrong()
        ? Duration.ofMillis(Math.round((fates.nextDouble() * 2 - 1) * most))
        : Duration.ZERO;
  }

  /** Kills come where a publication is half done: before the leads it moves are woken. */
  private void heard(Instance one, Signal signal) {
    if (signal instanceof Signal.Published published) {
      trace.tell("published", one.number, published.publication().hash());
      if (random.nextInt(4) == 0) {
        world.after(Duration.ofMillis(random.nextInt(8)), this::kill);
      }
    } else if (signal instanceof Signal.Serving serving) {
      trace.tell("serving", one.number, serving.publication().hash());
    } else if (signal instanceof Signal.RulesWoke woke) {
      trace.tell("rules woke", one.number, woke.leads());
    } else if (signal instanceof Signal.Moved moved) {
      Move move = moved.move();
      trace.tell("moved", one.number, move.after().id(), move.after().stage(), move.note());
    } else if (signal instanceof Signal.Trouble trouble) {
      trace.tell("trouble", one.number, trouble.what());
    }
  }

  /** All go on, but for some that are dead: one is left at least. */
  void heal() {
    healed = true;
    for (Instance one : instances) {
      if (one.process != null) {
        one.process.own().heal();
      } else if (living().findAny().isEmpty() || fates.nextInt(3) > 0) {
        begin(one);
      } else {
        one.life++;
      }
    }
  }

  /** Where every assignment is read back, the CRM may also ignore writes with SUCCESS. */
  private LeadFlow.Settings settings() {
    var standard = DispatchSettings.DEFAULT;
    var dispatch =
        new DispatchSettings(
            plan.calls(),
            standard.batch(),
            standard.retry(),
            standard.maxAttempts(),
            standard.maxTime(),
            standard.refusedLimit(),
            standard.scheduledLimit(),
            standard.sendDeadline(),
            plan.diskFails() || plan.cuts() ? standard.lookAgain() : NO_SECOND_LOOK,
            standard.tokenPause(),
            plan.verifies() ? 1 : 0);
    return new LeadFlow.Settings(DirectorySettings.DEFAULT, dispatch);
  }
}
