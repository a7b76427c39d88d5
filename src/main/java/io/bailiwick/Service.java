package io.bailiwick;

import io.bailiwick.crm.ClassicCrm;
import io.bailiwick.crm.FileToken;
import io.bailiwick.crm.TokenSource;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.http.Door;
import io.bailiwick.http.HttpDoor;
import io.bailiwick.http.TerritoryAges;
import io.bailiwick.http.Waiting;
import io.bailiwick.lead.Nullable;
import io.bailiwick.store.SqliteJournal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
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
  private final Opened opened;
  private final LoopTimers timers;
  private final NightWatch.Over over;
  private final RulesWorkshop rules;
  private final LeadFlow flow;
  private final HttpDoor door;
  private final String crmUrl;
  private final int port;

  /** Makes the parts in the order in which they need each other, and opens the door last. */
  private Service(Config config, boolean withDemo, Opened opened) {
    this.config = config;
    this.opened = opened;
    Vertx vertx = opened.keep(Vertx.vertx(), v -> join(v.close()));
    Demo demo = withDemo ? opened.keep(new Demo(vertx, config), Demo::stop) : null;
    InstantSource clock = demo == null ? InstantSource.system() : demo.clock();
    this.timers = new LoopTimers(vertx, clock);
    var watch = new NightWatch(config, vertx, timers);
    // A demo's journal outlives its sandbox, whose port may change: the name does not.
    String crmName = demo == null ? config.text(Config.CRM_BASE_URL) : "sandbox";
    Journal journal =
        opened.keep(
            SqliteJournal.open(config.journal(), crmName, watch.metrics()::committed),
            SqliteJournal::close);
    this.crmUrl = demo == null ? config.text(Config.CRM_BASE_URL) : demo.start(timers::advanced);
    URI url = URI.create(crmUrl);
    ClassicCrm crm =
        opened.keep(
            new ClassicCrm(vertx, config.crm(url), token(vertx, demo), clock), ClassicCrm::close);
    var waiting = new Waiting();
    this.over = watch.new Over(journal, opened);
    var signals = new SignalHub(over.listeners(), waiting);
    var ports = new Ports(journal, watch.metrics().measured(crm), timers, signals);
    this.rules = new RulesWorkshop(config, ports, opened);
    this.flow =
        new LeadFlow(
            ports,
            rules.publisher(),
            new LeadFlow.Settings(config.directory(), config.dispatch()),
            new SecureRandom());
    rules.serve(flow);
    this.door =
        opened.keep(
            new HttpDoor(vertx, config.http(), behind(journal, waiting, watch)),
            open -> join(open.close()));
    this.port = join(door.open());
  }

  /** Makes a service and lets it run; throws with a message for people where it cannot. */
  public static Service start(Config config, boolean demo) {
    if (!demo && config.optional(Config.CRM_BASE_URL) == null) {
      throw new Refusal(
          "crm.base-url is needed: the CRM's base URL (or try serve --demo, which needs nothing)");
    }
    Logging.use(config);
    var opened = new Opened();
    try {
      var service = new Service(config, demo, opened);
      service.over.start();
      service.flow.start();
      return service;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
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
    return rules.publisher().rulebook();
  }

  /** Refuses new leads, waits for the CRM's answers, and closes; blocks until done. */
  public void stop() {
    LOG.info("stopping: no new lead is accepted");
    door.stopAccepting();
    drain(config.duration(Config.SHUTDOWN_DRAIN));
    opened.close();
    LOG.info("stopped");
  }

  private void drain(Duration longest) {
    try {
      flow.drain().toCompletableFuture().get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("not all answers came within {}; the rest is looked up at the next start", longest);
    } catch (ExecutionException e) {
      LOG.error("draining failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Door behind(Journal journal, Waiting waiting, NightWatch watch) {
    return new Door(
        flow,
        rules.publisher(),
        journal,
        timers,
        waiting,
        rules.sources(),
        ages(),
        watch.metrics(),
        watch.traces(),
        over::standing);
  }

  private TerritoryAges ages() {
    return new TerritoryAges(config.propagation(), config.duration(Config.TERRITORIES_STALE));
  }

  private TokenSource token(Vertx vertx, @Nullable Demo demo) {
    if (demo != null) {
      return TokenSource.fixed(demo.token());
    }
    String file = config.optional(Config.CRM_TOKEN_FILE);
    if (file != null) {
      return new FileToken(vertx, Path.of(file));
    }
    String token = config.optional(Config.CRM_TOKEN);
    if (token == null) {
      throw new Refusal("crm.token or crm.token-file is needed: the bearer token for the CRM");
    }
    return TokenSource.fixed(token);
  }

  /** How rules are judged, as configured. */
  public static JudgeSettings judge(Config config) {
    return new JudgeSettings(
        config.propagation(),
        (int) config.number(Config.RULES_THREADS),
        JudgeSettings.DEFAULT_FIRE_LIMIT,
        config.duration(Config.RULES_DEADLINE),
        config.trusted(),
        Version.BAILIWICK);
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /** A configuration that cannot be served; the message says what is missing. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }
}
