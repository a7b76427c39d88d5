package io.bailiwick.simulation;

import io.bailiwick.flow.Crm;
import io.bailiwick.flow.Intake;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Signals;
import io.bailiwick.flow.Timers;
import io.bailiwick.replay.VirtualTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** One life of the service: the production flow on virtual time, until it is killed. */
final class SimulatedProcess {

  private final Intake intake;
  private boolean alive = true;

  SimulatedProcess(
      Journal disk, Crm crm, VirtualTimers world, LeadFlow.Settings settings, Random random) {
    Timers timers = new MortalTimers(world);
    Journal journal = new RiskyJournal(disk, world, random, () -> alive);
    Signals signals =
        signal -> {
          if (signal instanceof Signals.Signal.Trouble trouble) {
            throw new AssertionError(trouble.what(), trouble.cause());
          }
        };
    var ports = new Ports(journal, crm, timers, signals);
    var flow = new LeadFlow(ports, () -> Simulation.RULEBOOK, settings, random);
    intake = flow.intake();
    flow.start();
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
