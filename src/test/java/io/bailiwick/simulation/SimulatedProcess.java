package io.bailiwick.simulation;

import io.bailiwick.flow.Crm;
import io.bailiwick.flow.Intake;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Publisher;
import io.bailiwick.flow.SendingSwitch;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One life of the service: publisher and production flow on virtual time, until it is killed. As
 * the real one, it takes no lead before a rulebook serves.
 */
final class SimulatedProcess {

  private final Publisher publisher;
  private final InstanceFaults own;
  private @Nullable LeadFlow flow;

  SimulatedProcess(
      Journal journal, Crm crm, LeadFlow.Settings settings, Random random, Surroundings around) {
    RuleVersion folder = around.folder();
    this.own = around.own();
    Timers timers = new MortalTimers(around.world(), own);
    Signals signals =
        signal -> {
          if (signal instanceof Signals.Signal.Trouble trouble && !of(trouble.cause())) {
            throw new AssertionError(trouble.what(), trouble.cause());
          }
          around.heard().accept(signal);
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
              flow = new LeadFlow(ports, publisher, settings, random);
              publisher.attach(flow);
              flow.start();
              publisher.seen(new Publisher.Folder(folder, null));
            });
  }

  /**
   * What a life begins with.
   *
   * @param own what befalls it alone
   * @param folder what {@code rules/} holds
   * @param heard is told what the flow tells
   * @param ended run when it could not start
   */
  record Surroundings(
      VirtualTimers world,
      InstanceFaults own,
      RuleVersion folder,
      Consumer<Signals.Signal> heard,
      Runnable ended) {}

  /** Whether it is the disk's trouble, and no mistake. */
  private static boolean of(@Nullable Throwable cause) {
    return cause instanceof UncheckedIOException
        || (cause instanceof CompletionException && of(cause.getCause()));
  }

  /** Where leads come in; null while it starts or stands still. */
  @Nullable
  Intake intake() {
    return flow == null || own.stopped() || !own.alive() ? null : flow.intake();
  }

  InstanceFaults own() {
    return own;
  }

  /** What {@code rules/} holds now. */
  void sees(RuleVersion folder) {
    if (flow != null) {
      publisher.seen(new Publisher.Folder(folder, null));
    }
  }

  /** Somebody puts this version in shadow, which must change nothing. */
  void shadow(RuleVersion version) {
    if (flow != null) {
      publisher
          .submit("shadow", version, false)
          .thenCompose(candidate -> publisher.shadow().begin(candidate.name(), null));
    }
  }

  /** By which people stop sending; null while it starts. */
  @Nullable
  SendingSwitch sendingSwitch() {
    return flow == null ? null : flow.sendingSwitch();
  }

  private static final class MortalTimers implements Timers {
    private final VirtualTimers world;
    private final InstanceFaults own;

    MortalTimers(VirtualTimers world, InstanceFaults own) {
      this.world = world;
      this.own = own;
    }

    @Override
    public Instant now() {
      return own.now();
    }

    @Override
    public Duration uptime() {
      return world.uptime();
    }

    @Override
    public void execute(Runnable task) {
      after(Duration.ZERO, task);
    }

    @Override
    public Cancel after(Duration delay, Runnable task) {
      var cancelled = new AtomicBoolean();
      world.after(delay, () -> run(task, cancelled));
      return () -> cancelled.set(true);
    }

    /** What falls due while it stands still happens when it goes on, in the same order. */
    private void run(Runnable task, AtomicBoolean cancelled) {
      if (!own.alive() || cancelled.get()) {
        return;
      }
      if (own.stopped()) {
        world.after(own.stillStopped(), () -> run(task, cancelled));
      } else {
        task.run();
      }
    }
  }
}
