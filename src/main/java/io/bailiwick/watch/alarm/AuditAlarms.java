package io.bailiwick.watch.alarm;

import io.bailiwick.flow.Signals;
import io.bailiwick.flow.Timers;
import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditFinding.Severity;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.BlastRadius;
import io.bailiwick.lead.RulePlace;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/** The alarms that audits raise: what they find, and that they do not come. */
final class AuditAlarms implements Signals {

  /** A local day has 25 hours at most, and an audit may take some time. */
  private static final Duration OVERDUE = Duration.ofHours(26);

  private static final String OVERDUE_SUBJECT = "overdue";

  /** The most rule places that one alarm names. */
  private static final int PLACES = 5;

  private final AlarmBook book;
  private final Timers timers;
  private Instant last;

  AuditAlarms(AlarmBook book, Timers timers) {
    this.book = book;
    this.timers = timers;
    this.last = timers.now();
  }

  @Override
  public void tell(Signal signal) {
    if (signal instanceof Signal.AuditFinished finished) {
      last = timers.now();
      book.settle(AlarmKind.AUDIT_MISSED);
      found(finished.report());
    } else if (signal instanceof Signal.AuditMissed missed) {
      String days =
          missed.days() == 1
              ? missed.firstDay()
              : "%s to %s (%d days)".formatted(missed.firstDay(), missed.lastDay(), missed.days());
      raise("missed", "The audit of " + days + " never ran: no service did.", missed.days());
    } else if (signal instanceof Signal.AuditFailed failed) {
      String next = failed.again() == null ? "" : "; it is tried again at " + failed.again();
      raise("failed", "The audit came to no end: " + failed.why() + next, 1);
    }
  }

  /** What the last audit before this process found stands until another one says otherwise. */
  void kept(AuditReport report) {
    last = report.finishedAt();
    found(report);
  }

  /** An audit that nobody began tells nothing, so its absence is looked at. */
  void look() {
    if (last.plus(OVERDUE).isBefore(timers.now())) {
      raise(OVERDUE_SUBJECT, "No audit has finished since " + last + ".", 1);
    }
  }

  private void found(AuditReport report) {
    book.replace(
        AlarmKind.DRIFT,
        report.standing().stream()
            .filter(finding -> finding.kind().severity() != Severity.NOTE)
            .map(this::drift)
            .toList());
  }

  private Alarm drift(AuditFinding finding) {
    BlastRadius radius = finding.radius();
    String places =
        radius.rules().stream()
            .limit(PLACES)
            .map(RulePlace::place)
            .collect(Collectors.joining(", "));
    return new Alarm(
        AlarmKind.DRIFT,
        finding.kind().told() + (finding.subject().isEmpty() ? "" : ": " + finding.subject()),
        timers.now(),
        "%s. Places in rules: %d%s; leads in 7 days: %d, in 30: %d; waiting now: %d, would be: %d."
            .formatted(
                finding.detail().replaceAll("\\.$", ""),
                radius.rules().size(),
                places.isEmpty() ? "" : " (" + places + ")",
                radius.routed7Days(),
                radius.routed30Days(),
                radius.waiting(),
                radius.wouldQueue()),
        finding.advice(),
        1);
  }

  private void raise(String subject, String detail, long count) {
    book.raise(
        new Alarm(
            AlarmKind.AUDIT_MISSED,
            subject,
            timers.now(),
            detail,
            "Run the audit now: bailiwick audit, or POST /v1/audits.",
            count));
  }
}
