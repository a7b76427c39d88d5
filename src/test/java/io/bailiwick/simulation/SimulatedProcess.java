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
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletionException;

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
      Surroundings around) {
    RuleVersion folder = around.folder();
    Timers timers = new MortalTimers(world, around.clockAhead());
    Journal journal = new RiskyJournal(disk, world, random, () -> alive, around.disk());
    Signals signals =
        signal -> {
          if (signal instanceof Signals.Signal.Trouble trouble && !of(trouble.cause())) {
            throw new AssertionError(trouble.what(), trouble.cause());
          }
          if (signal instanceof Signals.Signal.Published) {
            around.published().run();
          }
        };
    var ports = new Ports(journal, crm, timers, signals);
    var rulebooks = new SimulatedRulebooks(timers, random);
    publisher = new Publisher(ports, rulebooks, rulebooks, Publisher.Mode.ON_CHANGE);
    publisher
        .start(new Publisher.Folder(folder, null))
        .whenComplete(
            (started, failure) -> {
              if (failure != null) {
                timers.execute(around.ended());
                return;
              }
              var flow = new LeadFlow(ports, publisher, settings, random);
              publisher.attach(flow);
              flow.start();
              intake = flow.intake();
              publisher.seen(new Publisher.Folder(folder, null));
            });
  }

  /**
   * What a life begins with.
   *
   * @param folder what {@code rules/} holds
   * @param published run when a publication is half done
   * @param ended run when it could not start
   * @param clockAhead how much its clock is ahead of the world's
   */
  record Surroundings(
      RuleVersion folder,
      DiskFaults disk,
      Runnable published,
      Runnable ended,
      Duration clockAhead) {}

  /** Whether it is the disk's trouble, and no mistake. */
  private static boolean of(@Nullable Throwable cause) {
    return cause instanceof UncheckedIOException
        || (cause instanceof CompletionException && of(cause.getCause()));
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
    private final Duration ahead;

    MortalTimers(VirtualTimers world, Duration ahead) {
      this.world = world;
      this.ahead = ahead;
    }

    @Override
    public Instant now() {
      return world.now().plus(ahead);
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
