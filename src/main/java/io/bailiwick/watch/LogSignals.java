package io.bailiwick.watch;

import io.bailiwick.flow.Signals;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One log line a transition, and none that repeats the last. Names leads by id; a lead's own values
 * never reach the log.
 */
public final class LogSignals implements Signals {

  private static final Logger LOG = LoggerFactory.getLogger("bailiwick");

  private final AuditLines audits = new AuditLines(LOG);
  private final HandLines hands = new HandLines(LOG);
  private final RuleLines rules = new RuleLines(LOG);
  private @Nullable String lastFailure;

  @Override
  public void tell(Signal signal) {
    if (signal instanceof Signal.Accepted accepted) {
      Entry entry = accepted.entry();
      line(entry).log("{} accepted, revision {}", entry.id(), entry.revision());
    } else if (signal instanceof Signal.Moved moved) {
      Entry after = moved.move().after();
      line(after).log("{} {}", after.id(), moved.move().note());
    } else if (signal instanceof Signal.WaitedTooLong late) {
      String limit = "\"%s\" (%s)".formatted(late.limit().rule(), late.limit().place());
      LOG.warn("{} waits longer than limit {} allows", late.entry().id(), limit);
    } else if (signal instanceof Signal.TerritoriesChanged changed) {
      lastFailure = null;
      LOG.info(
          "territories changed: {}, {} names differ, {} waiting leads are judged again",
          changed.snapshot(),
          changed.names().size(),
          changed.woken());
    } else if (signal instanceof Signal.TerritoriesRead) {
      if (lastFailure != null) {
        LOG.info("territories can be read again");
      }
      lastFailure = null;
    } else if (signal instanceof Signal.TerritoriesFailed failed) {
      if (!failed.detail().equals(lastFailure)) {
        LOG.warn("territories cannot be read: {}; the last snapshot stays", failed.detail());
      }
      lastFailure = failed.detail();
    } else if (signal instanceof Signal.SendingHeld held) {
      LOG.warn("nothing is sent to the CRM before {}: {}", held.until(), held.why());
    } else if (signal instanceof Signal.Trouble trouble) {
      LOG.error("{}", trouble.what(), trouble.cause());
    } else {
      audits.tell(signal);
      hands.tell(signal);
      rules.tell(signal);
    }
  }

  /** A line that names the lead's trace, where it is in one. */
  private static LoggingEventBuilder line(Entry entry) {
    LoggingEventBuilder line = LOG.atInfo();
    return entry.trace() == null ? line : line.addKeyValue("trace_id", entry.trace().traceId());
  }
}
