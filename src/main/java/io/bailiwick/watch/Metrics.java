package io.bailiwick.watch;

import io.bailiwick.flow.Crm;
import io.bailiwick.flow.Signals;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.Backlog;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritorySnapshot;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Figures of the flow's signals, as Prometheus reads them: every name of ours begins with {@code
 * bailiwick_}, every label is bounded, none holds personal data, and each figure is there from the
 * start. Each group of figures is a class of its own beside this one; the JVM's own stand beside
 * them.
 */
public final class Metrics implements Signals {

  private static final String OPEN_METRICS = "application/openmetrics-text";

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  /** A scrape: its content type and its body. */
  public record Scrape(String type, String body) {}

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final CrmMetrics crm;
  private final BacklogMetrics backlog;
  private final TerritoryMetrics territories;
  private final JournalMetrics journal;
  private final LoopMetrics loops;
  private final NoticeMetrics notices;
  private final List<Signals> groups;

  /** {@code version} is Bailiwick's; {@code clock} is that of the leads' instants. */
  public Metrics(String version, InstantSource clock) {
    var meters = new Meters(registry);
    meters.gauge(
        "bailiwick.build.info",
        "The version of Bailiwick and of Java that runs.",
        () -> 1,
        "version",
        version,
        "java",
        Runtime.version().feature() + "");
    crm = new CrmMetrics(meters, clock);
    backlog = new BacklogMetrics(meters, clock);
    territories = new TerritoryMetrics(meters, clock);
    journal = new JournalMetrics(meters);
    loops = new LoopMetrics(meters);
    notices = new NoticeMetrics(meters, clock);
    groups =
        List.of(
            new LeadMetrics(meters, clock),
            crm,
            territories,
            new RuleMetrics(registry),
            new ShadowMetrics(registry));
    // Not the processor's: those read files when they are asked, on the event loop.
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  @Override
  public void tell(Signal signal) {
    groups.forEach(group -> group.tell(signal));
  }

  /** The same CRM, each of its calls counted and timed. */
  public Crm measured(Crm under) {
    return crm.measured(under);
  }

  /** A commit of the journal ended; any thread may tell. */
  public void committed(int writes, long nanos, boolean done) {
    journal.committed(writes, nanos, done);
  }

  /** What waits now. */
  public void seen(Backlog waiting) {
    backlog.seen(waiting);
  }

  /** The territories as they were read before this process began. */
  public void kept(TerritorySnapshot snapshot, Instant readAt) {
    territories.read(snapshot, readAt);
  }

  /** The last audit before this process began. */
  public void kept(AuditReport report) {
    territories.audited(report);
  }

  /** Figures of what is told to the outside. */
  public NoticeMetrics notices() {
    return notices;
  }

  /** Watches each of {@code count} event loops until Vert.x closes. */
  public void watch(Vertx vertx, int count) {
    loops.watch(vertx, count);
  }

  /**
   * All figures at this moment, in the form that {@code accept}, a header, asks for: OpenMetrics
   * where it is named, else Prometheus' text. Any thread may ask.
   */
  public Scrape scrape(@Nullable String accept) {
    boolean open = accept != null && accept.contains(OPEN_METRICS);
    String type = open ? OPEN_METRICS + "; version=1.0.0; charset=utf-8" : TEXT;
    return new Scrape(type, registry.scrape(type));
  }
}
