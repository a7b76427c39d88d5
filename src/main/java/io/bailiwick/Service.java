package io.bailiwick;

import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.http.HttpDoor;
import io.bailiwick.http.RouteSet;
import io.bailiwick.http.SandboxRoutes;
import io.bailiwick.workbench.Workbench;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running Bailiwick: joins its parts, starts and stops them in order. It knows every adapter
 * and decides nothing.
 */
public final class Service {

  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private final Config config;
  private final Opened opened;
  private final Parts parts;
  private final Entrance entrance;
  private final HttpDoor door;
  private final HttpDoor.Opening opening;

  /** Makes the parts in the order in which they need each other, and opens the door last. */
  private Service(Config config, boolean demo, Opened opened, UnaryOperator<Ports> around) {
    this.config = config;
    this.opened = opened;
    this.parts = new Parts(config, demo, opened, around);
    this.entrance = new Entrance(config, parts);
    this.door =
        opened.keep(
            new HttpDoor(parts.vertx(), config.http(), entrance.door(), beside(config, parts)),
            open -> join(open.close()));
    entrance.start();
    this.opening = join(door.open());
  }

  /** A lead needs no rules to be accepted; all else begins when they serve. */
  private void serve() {
    parts.rules().serve(parts.flow());
    parts.over().start();
    parts.flow().start(parts.audit()::start);
    door.serve();
    parts.journal().announce(opening.forCommands(), entrance.command());
  }

  /** The routes that stand above the door's own. */
  private static List<RouteSet> beside(Config config, Parts parts) {
    List<RouteSet> all = new ArrayList<>(List.of(new Workbench()));
    Demo demo = parts.demo();
    if (demo != null) {
      all.add(new SandboxRoutes(parts.vertx(), config.http(), demo.orders()));
    }
    return all;
  }

  /** Makes a service and lets it run; throws with a message for people where it cannot. */
  public static Service start(Config config, boolean demo) {
    return start(config, demo, UnaryOperator.identity());
  }

  /** The same with something around what the flow asks of the world. */
  static Service start(Config config, boolean demo, UnaryOperator<Ports> around) {
    Parts.needCrm(config, demo);
    Logging.use(config);
    var opened = new Opened();
    try {
      var service = new Service(config, demo, opened, around);
      service.serve();
      return service;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** The port it listens on. */
  public int port() {
    return opening.port();
  }

  /** The URL at which it listens, for people. */
  public String url() {
    String scheme = config.http().tls() == null ? "http" : "https";
    return scheme + "://localhost:" + port();
  }

  /** Whether a key or signature is asked for. */
  public boolean asksForKeys() {
    return config.asksForKeys();
  }

  /** The base URL of the CRM it sends to. */
  public String crmUrl() {
    return parts.crmUrl();
  }

  /** The rulebook that serves. */
  public Rulebook rulebook() {
    return parts.rules().publisher().rulebook();
  }

  /** Refuses new leads, waits for the CRM's answers, and closes; blocks until done. */
  public void stop() {
    LOG.info("stopping: no new lead is accepted");
    door.stopAccepting();
    parts.timers().execute(parts.audit()::stop);
    drain(config.duration(Config.SHUTDOWN_DRAIN));
    opened.close();
    LOG.info("stopped");
  }

  private void drain(Duration longest) {
    try {
      parts.flow().drain().toCompletableFuture().get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("not all answers came within {}; the rest is looked up at the next start", longest);
    } catch (ExecutionException e) {
      LOG.error("draining failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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

  static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
