package io.bailiwick.watch;

import io.bailiwick.flow.Candidate;
import io.bailiwick.flow.Signals;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.Publication.How;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Figures of the rules: which version serves, since when, and whether rules/ was refused. */
final class RuleMetrics implements Signals {

  private final Map<How, Counter> publications = new EnumMap<>(How.class);
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicLong publishedSeconds = new AtomicLong();
  private final MultiGauge serving;

  RuleMetrics(MeterRegistry registry) {
    for (How how : How.values()) {
      publications.put(
          how,
          Counter.builder("bailiwick.rulebook.publications")
              .description("Publications since this process began, by what made them.")
              .tag("how", how.word())
              .register(registry));
    }
    Gauge.builder("bailiwick.rulebook.candidate.refused", refused, AtomicInteger::get)
        .description("1 while rules/ holds a version that was refused.")
        .register(registry);
    Gauge.builder(
            "bailiwick.rulebook.published.timestamp.seconds", publishedSeconds, AtomicLong::get)
        .description("When the serving version was published, in seconds since 1970 UTC.")
        .register(registry);
    serving =
        MultiGauge.builder("bailiwick.rulebook.info")
            .description("The hash of the rulebook that serves.")
            .register(registry);
  }

  @Override
  public void tell(Signal signal) {
    if (signal instanceof Signal.Serving begun) {
      serves(begun.publication());
    } else if (signal instanceof Signal.Published published) {
      Objects.requireNonNull(publications.get(published.publication().how())).increment();
      serves(published.publication());
    } else if (signal instanceof Signal.CandidateTaken taken) {
      refused(taken.candidate(), 0);
    } else if (signal instanceof Signal.CandidateRefused candidate) {
      refused(candidate.candidate(), 1);
    } else if (signal instanceof Signal.CandidateWithdrawn withdrawn) {
      refused(withdrawn.candidate(), 0);
    }
  }

  /** Whoever uploads a candidate is told; only that of rules/ is for operators to see. */
  private void refused(Candidate candidate, int value) {
    if (candidate.name().equals(Candidate.FOLDER)) {
      refused.set(value);
    }
  }

  private void serves(Publication publication) {
    publishedSeconds.set(publication.at().getEpochSecond());
    var row = MultiGauge.Row.of(Tags.of("hash", publication.hash()), 1);
    serving.register(List.of(row), true);
  }
}
