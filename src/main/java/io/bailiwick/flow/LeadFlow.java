package io.bailiwick.flow;

import io.bailiwick.lead.Nullable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * The whole way of a lead, joined: intake, territory directory, dispatcher and desk over one set of
 * ports. The service, stories and simulations all run this one.
 */
public final class LeadFlow {

  /**
   * The knobs of its parts.
   *
   * @param retention how long a lead at rest is kept; null for as long as the journal is
   */
  public record Settings(
      DirectorySettings directory, DispatchSettings dispatch, @Nullable Duration retention) {

    /** Keeps leads at rest for as long as the journal is kept. */
    public Settings(DirectorySettings directory, DispatchSettings dispatch) {
      this(directory, dispatch, null);
    }

    /** The defaults of all. */
    public static final Settings DEFAULT =
        new Settings(DirectorySettings.DEFAULT, DispatchSettings.DEFAULT);
  }

  private final Timers timers;
  private final Intake intake;
  private final TerritoryDirectory directory;
  private final Dispatcher dispatcher;
  private final Desk desk;
  private final Jobs jobs;
  private final Eraser eraser;
  private final Retention retention;
  private final Others others;

  /**
   * Joins the parts; nothing happens before {@link #start}. {@code random} draws ids, jitter and
   * samples, and must bear any thread that posts leads.
   */
  public LeadFlow(Ports ports, ServingRulebook rules, Settings settings, RandomGenerator random) {
    this.timers = ports.timers();
    this.directory = new TerritoryDirectory(ports, settings.directory(), this::wake);
    this.dispatcher = new Dispatcher(ports, rules, directory, settings.dispatch(), random);
    var ids = new LeadIds(timers::now, random);
    this.intake = new Intake(ports.journal(), timers, ports.signals(), ids, dispatcher::wake);
    var realignment = new Realignment(ports, rules, directory);
    this.jobs = new Jobs(ports, ids, realignment, random, dispatcher::wake);
    this.eraser = new Eraser(ports);
    this.retention = new Retention(ports, settings.retention());
    this.others = new Others(ports, dispatcher, directory, jobs);
    this.desk = new Desk(ports, rules, directory, dispatcher::wake);
  }

  /** Loads the last territories, reads them afresh, and takes up what is due. */
  public void start() {
    start(() -> {});
  }

  /** Starts, and runs {@code then} on the flow's thread once the last territories are loaded. */
  public void start(Runnable then) {
    timers.execute(
        () -> {
          intake.start();
          directory
              .start()
              .thenRunAsync(
                  () -> {
                    dispatcher.start();
                    jobs.start();
                    retention.start();
                    others.start();
                    then.run();
                  },
                  timers);
        });
  }

  /** Takes up nothing more; completes when all that was under way has been recorded. */
  public CompletionStage<@Nullable Void> drain() {
    return CompletableFuture.supplyAsync(
            () -> {
              directory.stop();
              jobs.drain();
              others.stop();
              retention.stop();
              return dispatcher.drain();
            },
            timers)
        .thenCompose(drained -> drained);
  }

  /** Where leads come in. */
  public Intake intake() {
    return intake;
  }

  /** The territories as last read; to be asked on the flow's thread. */
  public TerritoryDirectory directory() {
    return directory;
  }

  /** What people ask by hand. */
  public Desk desk() {
    return desk;
  }

  /** Long work on many leads. */
  public Jobs jobs() {
    return jobs;
  }

  /** What forgets persons. */
  public Eraser eraser() {
    return eraser;
  }

  /** By which people stop sending. */
  public SendingSwitch sendingSwitch() {
    return dispatcher.sendingSwitch();
  }

  /** Looks for leads that became due; on the flow's thread. */
  public void wake() {
    dispatcher.wake();
  }
}
