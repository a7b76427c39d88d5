package io.bailiwick.watch;

import io.bailiwick.flow.Signals;
import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditFinding.News;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.BlastRadius;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** One log line an audit, and one for each finding that is new or cleared. */
final class AuditLines implements Signals {

  private final Logger log;

  AuditLines(Logger log) {
    this.log = log;
  }

  @Override
  public void tell(Signal signal) {
    if (signal instanceof Signal.AuditFinished finished) {
      AuditReport report = finished.report();
      log.info(
          "audit {} ({}): {} findings, {} new, {} cleared",
          report.id(),
          report.day() == null ? report.trigger().word() : report.day(),
          report.standing().size(),
          report.count(News.NEW),
          report.count(News.CLEARED));
    } else if (signal instanceof Signal.FindingNew found) {
      AuditFinding finding = found.finding();
      BlastRadius radius = finding.radius();
      log.atLevel(level(finding))
          .log(
              "audit found {}: {}; {} leads wait, {} of the last 7 days would be queued. {}",
              told(finding),
              finding.detail(),
              radius.waiting(),
              radius.wouldQueue(),
              finding.advice());
    } else if (signal instanceof Signal.FindingCleared cleared) {
      log.info("audit found no more: {}", told(cleared.finding()));
    } else if (signal instanceof Signal.AuditMissed missed) {
      log.warn(
          "no audit ran from {} to {} ({} days): no service did",
          missed.firstDay(),
          missed.lastDay(),
          missed.days());
    } else if (signal instanceof Signal.AuditFailed failed) {
      String next = failed.again() == null ? "" : "; tried again " + failed.again();
      log.error("{}{}", failed.why(), next);
    }
  }

  private static Level level(AuditFinding finding) {
    return switch (finding.kind().severity()) {
      // What an admin did is no error of this service.
      case ERROR, WARNING -> Level.WARN;
      case NOTE -> Level.INFO;
    };
  }

  private static String told(AuditFinding finding) {
    String of = finding.subject().isEmpty() ? "" : " \"" + finding.subject() + "\"";
    return finding.kind().told() + of;
  }
}
