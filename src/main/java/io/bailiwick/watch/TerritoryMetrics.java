package io.bailiwick.watch;

import io.bailiwick.flow.Signals;
import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.TerritorySnapshot;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Figures of the territories: how old the last reading is, and what the last audit found. */
final class TerritoryMetrics implements Signals {

  private final Counter failed;
  private final Counter missed;
  private final Counter auditsFailed;
  private volatile Instant readAt = Instant.EPOCH;
  private volatile int territories;
  private volatile @io.bailiwick.lead.Nullable AuditReport audit;
  private final InstantSource clock;

  TerritoryMetrics(Meters meters, InstantSource clock) {
    this.clock = clock;
    failed =
        meters.counter(
            "bailiwick.territories.readings.failed", "Readings of the territories that failed.");
    missed = meters.counter("bailiwick.audits.missed", "Days whose audit never ran.");
    auditsFailed = meters.counter("bailiwick.audits.failed", "Audits that came to no end.");
    meters.gauge("bailiwick.territories", "Territories the CRM lists.", () -> territories);
    meters.gauge(
        "bailiwick.territories.read.timestamp.seconds",
        "When all territories were last read, in seconds since 1970 UTC; 0 where never.",
        () -> readAt.getEpochSecond());
    meters.gauge(
        "bailiwick.territories.age.seconds", "How long ago that was; 0 where never.", this::age);
    meters.gauge(
        "bailiwick.audit.last.timestamp.seconds",
        "When the last audit finished, in seconds since 1970 UTC; 0 where none has yet.",
        () -> audit == null ? 0 : audit.finishedAt().getEpochSecond());
    for (AuditFinding.Kind kind : AuditFinding.Kind.values()) {
      meters.gauge(
          "bailiwick.audit.findings",
          "What the last audit found, by kind.",
          () -> standing(kind),
          "kind",
          kind.word());
    }
  }

  @Override
  public void tell(Signal signal) {
    if (signal instanceof Signal.TerritoriesChanged changed) {
      read(changed.snapshot(), clock.instant());
    } else if (signal instanceof Signal.TerritoriesRead same) {
      read(same.snapshot(), clock.instant());
    } else if (signal instanceof Signal.TerritoriesFailed) {
      failed.increment();
    } else if (signal instanceof Signal.AuditFinished finished) {
      audited(finished.report());
    } else if (signal instanceof Signal.AuditMissed days) {
      missed.increment(days.days());
    } else if (signal instanceof Signal.AuditFailed) {
      auditsFailed.increment();
    }
  }

  /** What was read before this process began. */
  void read(TerritorySnapshot snapshot, Instant at) {
    territories = snapshot.territories().size();
    readAt = at;
  }

  void audited(AuditReport report) {
    audit = report;
  }

  private double age() {
    Instant at = readAt;
    return at.equals(Instant.EPOCH)
        ? 0
        : Math.max(0, Duration.between(at, clock.instant()).toMillis() / 1_000.0);
  }

  private long standing(AuditFinding.Kind kind) {
    AuditReport last = audit;
    return last == null
        ? 0
        : last.standing().stream().filter(finding -> finding.kind() == kind).count();
  }
}
