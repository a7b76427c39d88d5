package io.bailiwick.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** Figures of the journal's commits. */
final class JournalMetrics {

  private final Timer commit;
  private final DistributionSummary group;
  private final Counter failed;

  JournalMetrics(Meters meters) {
    commit = meters.timer("bailiwick.journal.commit", "Commits of the journal, sync and all.");
    group =
        meters.sizes(
            "bailiwick.journal.commit.writes",
            "How many writes a commit holds.",
            1,
            2,
            5,
            10,
            25,
            50,
            100,
            250,
            512);
    failed = meters.counter("bailiwick.journal.commits.failed", "Commits that failed.");
  }

  void committed(int writes, long nanos, boolean done) {
    commit.record(nanos, TimeUnit.NANOSECONDS);
    group.record(writes);
    if (!done) {
      failed.increment();
    }
  }
}
