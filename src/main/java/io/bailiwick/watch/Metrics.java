package io.bailiwick.watch;

import io.bailiwick.flow.Signals;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/**
 * Figures of the flow's signals, as Prometheus reads them: every name begins with {@code
 * bailiwick_}, every label is bounded, and each figure is there from the start. Each group of
 * figures is a class of its own beside this one.
 */
public final class Metrics implements Signals {

  /** What {@link #scrape} writes. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<Signals> groups =
      List.of(new RuleMetrics(registry), new ShadowMetrics(registry));

  /** {@code version} is Bailiwick's. */
  public Metrics(String version) {
    Gauge.builder("bailiwick.build.info", () -> 1)
        .description("The version of Bailiwick and of Java that runs.")
        .tag("version", version)
        .tag("java", Runtime.version().feature() + "")
        .register(registry);
  }

  @Override
  public void tell(Signal signal) {
    groups.forEach(group -> group.tell(signal));
  }

  /** All figures at this moment; any thread may ask. */
  public String scrape() {
    return registry.scrape(CONTENT_TYPE);
  }
}
