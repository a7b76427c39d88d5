package io.bailiwick;

import io.bailiwick.crm.ClassicCrm;
import io.bailiwick.crm.FileToken;
import io.bailiwick.crm.TokenSource;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.flow.Desk;
import io.bailiwick.flow.Dispatcher;
import io.bailiwick.flow.Intake;
import io.bailiwick.flow.LeadIds;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.TerritoryDirectory;
import io.bailiwick.http.Door;
import io.bailiwick.http.HttpDoor;
import io.bailiwick.http.Serving;
import io.bailiwick.http.Sources;
import io.bailiwick.http.Waiting;
import io.bailiwick.lead.Nullable;
import io.bailiwick.replay.RuleFolder;
import io.bailiwick.store.SqliteJournal;
import io.bailiwick.watch.LogSignals;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running Bailiwick: makes its parts, joins them, starts and stops them in order. It knows
 * every adapter and decides nothing.
 */
public final class Service {

  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private final Config config;
  private final Vertx vertx;
  private final @Nullable Demo demo;
  private final InstantSource clock;
  private final LoopTimers timers;
  private final SqliteJournal journal;
  private final ClassicCrm crm;
  private final Rulebook rulebook;
  private final TerritoryDirectory directory;
  private final Dispatcher dispatcher;
  private final Intake intake;
  private final HttpDoor door;
  private final String crmUrl;
  private int port;

  /**
   * Makes all parts, in the order in which they need each other; nothing is accepted or sent yet.
   * Blocks; throws with a message for people where the service cannot be made.
   */
  private Service(Config config, boolean withDemo) {
    this.config = config;
    this.vertx = Vertx.vertx();
    this.demo = withDemo ? new Demo(vertx, config) : null;
    this.clock = demo == null ? InstantSource.system() : demo.clock();
    this.timers = new LoopTimers(vertx, clock);
    // A demo's journal outlives its sandbox, whose port may change: the name does not.
    String crmName = demo == null ? config.text(Config.CRM_BASE_URL) : "sandbox";
    this.journal = SqliteJournal.open(config.journal(), crmName);
    this.crmUrl = demo == null ? config.text(Config.CRM_BASE_URL) : demo.start();
    this.crm = new ClassicCrm(vertx, config.crm(URI.create(crmUrl)), token(), clock);
    var loaded =
        new RulebookLoader(journal, judge(config))
            .load(RuleFolder.read(config.rules()), timers.now());
    this.rulebook = loaded.rulebook();
    var waiting = new Waiting();
    var random = new SecureRandom();
    var ports = new Ports(journal, crm, timers, new SignalHub(List.of(new LogSignals(), waiting)));
    var wake = new CompletableFuture<Dispatcher>();
    Runnable due = () -> wake.thenAccept(Dispatcher::wake);
    this.directory = new TerritoryDirectory(ports, config.directory(), due);
    this.dispatcher = new Dispatcher(ports, () -> rulebook, directory, config.dispatch(), random);
    wake.complete(dispatcher);
    this.intake = new Intake(journal, timers, ports.signals(), new LeadIds(clock, random), due);
    var serving =
        new Serving(
            rulebook,
            loaded.since(),
            loaded.flaws(),
            config.propagation(),
            config.duration(Config.TERRITORIES_STALE));
    var desk = new Desk(ports, () -> rulebook, directory, due);
    this.door =
        new HttpDoor(
            vertx,
            config.http(),
            new Door(
                intake,
                journal,
                desk,
                directory,
                timers,
                waiting,
                new Sources(new SourceFolder(config.rules().resolve("sources"))),
                serving));
  }

  /** Makes a service and opens its doors; throws with a message for people where it cannot. */
  public static Service start(Config config, boolean demo) {
    var service = new Service(config, demo);
    service.open();
    return service;
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** The base URL of the CRM it sends to. */
  public String crmUrl() {
    return crmUrl;
  }

  /** The rulebook that serves. */
  public Rulebook rulebook() {
    return rulebook;
  }

  /** Refuses new leads, waits for the CRM's answers, and closes; blocks until done. */
  public void stop() {
    LOG.info("stopping: no new lead is accepted");
    door.stopAccepting();
    drain(config.duration(Config.SHUTDOWN_DRAIN));
    join(door.close().toCompletionStage().toCompletableFuture());
    rulebook.close();
    crm.close();
    journal.close();
    if (demo != null) {
      demo.stop();
    }
    join(vertx.close().toCompletionStage().toCompletableFuture());
    LOG.info("stopped");
  }

  private void open() {
    if (demo != null) {
      var shared = demo.clock();
      var told = new Duration[] {Duration.ZERO};
      shared.onMove(
          () -> {
            synchronized (told) {
              Duration offset = shared.offset();
              timers.advanced(offset.minus(told[0]));
              told[0] = offset;
            }
          });
    }
    port = join(door.open().toCompletionStage().toCompletableFuture());
    timers.execute(
        () -> {
          intake.start();
          directory.start().thenRunAsync(dispatcher::start, timers);
        });
  }

  private void drain(Duration longest) {
    var drained =
        CompletableFuture.supplyAsync(
                () -> {
                  directory.stop();
                  return dispatcher.drain();
                },
                timers)
            .thenCompose(stage -> stage);
    try {
      drained.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("not all answers came within {}; the rest is looked up at the next start", longest);
    } catch (ExecutionException e) {
      LOG.error("draining failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private TokenSource token() {
    if (demo != null) {
      return TokenSource.fixed(demo.token());
    }
    String file = config.optional(Config.CRM_TOKEN_FILE);
    if (file != null) {
      return new FileToken(vertx, Path.of(file));
    }
    return TokenSource.fixed(config.text(Config.CRM_TOKEN));
  }

  /** How rules are judged, as configured. */
  public static JudgeSettings judge(Config config) {
    return new JudgeSettings(
        config.propagation(),
        (int) config.number(Config.RULES_THREADS),
        JudgeSettings.DEFAULT_FIRE_LIMIT,
        Version.BAILIWICK);
  }

  private static <T> T join(CompletableFuture<T> future) {
    return future.join();
  }
}
