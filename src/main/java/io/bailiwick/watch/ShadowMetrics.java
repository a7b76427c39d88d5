package io.bailiwick.watch;

import io.bailiwick.flow.Signals;
import io.bailiwick.lead.Change;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Figures of the shadows of this process: how their decisions differ from those that serve. */
final class ShadowMetrics implements Signals {

  private final Map<Change, Counter> changes = new EnumMap<>(Change.class);
  private final Counter skipped;

  ShadowMetrics(MeterRegistry registry) {
    for (Change change : Change.values()) {
      changes.put(change, counter(registry, change.word()));
    }
    skipped = counter(registry, "skipped");
  }

  @Override
  public void tell(Signal signal) {
    if (signal instanceof Signal.ShadowCompared compared) {
      Objects.requireNonNull(changes.get(compared.change())).increment();
    } else if (signal instanceof Signal.ShadowSkipped lagged) {
      skipped.increment(lagged.leads());
    }
  }

  private static Counter counter(MeterRegistry registry, String change) {
    return Counter.builder("bailiwick.shadow.leads")
        .description("Leads that candidates in shadow judged too, by what they would change.")
        .tag("change", change)
        .register(registry);
  }
}
