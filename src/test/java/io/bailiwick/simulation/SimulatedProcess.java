package io.bailiwick.simulation;

import io.bailiwick.flow.Crm;
import io.bailiwick.flow.Intake;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Publisher;
import io.bailiwick.flow.Signals;
import io.bailiwick.flow.Timers;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.replay.VirtualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * One life of the service: publisher and production flow on virtual time, until it is killed. As
 * the real one, it takes no lead before a rulebook serves.
 */
final class SimulatedProcess {

  private final Publisher publisher;
  private @Nullable Intake intake;
  private boolean alive = true;

  SimulatedProcess(
      Journal disk,
      Crm crm,
      VirtualTimers world,
      LeadFlow.Settings settings,
      Random random,
      RuleVersion folder,
      Runnable published) {
    Timers timers = new MortalTimers(world);
    Journal journal = new RiskyJournal(disk, world, random, () -> alive);
    Signals signals =
        signal -> {
          if (signal instanceof Signals.Signal.Trouble trouble) {
            throw new AssertionError(trouble.what(), trouble.cause());
          }
          if (signal instanceof Signals.Signal.Published) {
            published.run();
          }
        };
    var ports = new Ports(journal, crm, timers, signals);
    var rulebooks = new SimulatedRulebooks(timers, random);
    publisher = new Publisher(ports, rulebooks, rulebooks, Publisher.Mode.ON_CHANGE);
    publisher
        .start(new Publisher.Folder(folder, null))
        .thenAccept(
            started -> {
              var flow = new LeadFlow(ports, publisher, settings, random);
              publisher.attach(flow);
              flow.start();
              intake = flow.intake();
              publisher.seen(new Publisher.Folder(folder, null));
            });
  }

  /** Where leads come in; null while it starts. */
  @Nullable
  Intake intake() {
    return intake;
  }

  /** What {@code rules/} holds now. */
  void sees(RuleVersion folder) {
    if (intake != null) {
      publisher.seen(new Publisher.Folder(folder, null));
    }
  }

  /** Somebody puts this version in shadow, which must change nothing. */
  void shadow(RuleVersion version) {
    if (intake != null) {
      publisher
          .submit("shadow", version, false)
          .thenCompose(candidate -> publisher.shadow().begin(candidate.name(), null));
    }
  }

  /** Dies at once: nothing it planned happens, and nobody hears of what it was doing. */
  void kill() {
    alive = false;
  }

  private final class MortalTimers implements Timers {
    private final VirtualTimers world;

    MortalTimers(VirtualTimers world) {
      this.world = world;
    }

    @Override
    public Instant now() {
      return world.now();
    }

    @Override
    public void execute(Runnable task) {
      world.execute(() -> runAlive(task));
    }

    @Override
    public Cancel after(Duration delay, Runnable task) {
      return world.after(delay, () -> runAlive(task));
    }

    private void runAlive(Runnable task) {
      if (alive) {
        task.run();
      }
    }
  }
}
