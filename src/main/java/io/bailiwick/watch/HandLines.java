package io.bailiwick.watch;

import io.bailiwick.flow.Signals;
import io.bailiwick.lead.Job;
import org.slf4j.Logger;

/** The log's lines of what people did by hand. */
final class HandLines implements Signals {

  private final Logger log;

  HandLines(Logger log) {
    this.log = log;
  }

  @Override
  public void tell(Signal signal) {
    if (signal instanceof Signal.JobChanged changed) {
      Job job = changed.job();
      log.info(
          "job {} to {} {} leads: {}, {} done",
          job.id(),
          job.kind().word(),
          job.total(),
          job.state().word(),
          job.done());
    } else if (signal instanceof Signal.Erased erased) {
      log.info(
          "{} leads erased, {}",
          erased.leads(),
          switch (erased.cause()) {
            case ASKED -> "as asked by " + (erased.who() == null ? "hand" : erased.who());
            case RETENTION -> "which were at rest for longer than journal.retention";
          });
    } else if (signal instanceof Signal.SendingPaused paused) {
      log.warn("nothing is sent to the CRM: {}", paused.pause().told());
    } else if (signal instanceof Signal.SendingResumed resumed) {
      log.info("sending goes on, {} waiting leads are due", resumed.woken());
    }
  }
}
