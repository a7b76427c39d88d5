package io.bailiwick.simulation;

import io.bailiwick.flow.Crm;
import io.bailiwick.flow.DirectorySettings;
import io.bailiwick.flow.DispatchSettings;
import io.bailiwick.flow.Dispatcher;
import io.bailiwick.flow.Intake;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.LeadIds;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Signals;
import io.bailiwick.flow.TerritoryDirectory;
import io.bailiwick.flow.Timers;
import io.bailiwick.replay.VirtualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** One life of the service: the production flow on virtual time, until it is killed. */
final class SimulatedProcess {

  private final Intake intake;
  private boolean alive = true;

  SimulatedProcess(
      Journal disk, Crm crm, VirtualTimers world, Rulebook rulebook, RandomGenerator random) {
    Timers timers = new MortalTimers(world);
    Journal journal = new RiskyJournal(disk, world, random, () -> alive);
    Signals signals =
        signal -> {
          if (signal instanceof Signals.Signal.Trouble trouble) {
            throw new AssertionError(trouble.what(), trouble.cause());
          }
        };
    var ports = new Ports(journal, crm, timers, signals);
    var dispatchers = new Dispatcher[1];
    Runnable wake = () -> dispatchers[0].wake();
    var directory = new TerritoryDirectory(ports, DirectorySettings.DEFAULT, wake);
    dispatchers[0] =
        new Dispatcher(ports, () -> rulebook, directory, DispatchSettings.DEFAULT, random);
    intake = new Intake(journal, timers, signals, new LeadIds(world, random), wake);
    intake.start();
    directory.start().thenRunAsync(dispatchers[0]::start, timers);
  }

  Intake intake() {
    return intake;
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
