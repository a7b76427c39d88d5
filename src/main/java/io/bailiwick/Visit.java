package io.bailiwick;

import io.bailiwick.lead.AuditReport;
import io.bailiwick.watch.audit.DailyAudit.Running;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * One piece of work on a journal that no service holds: the parts are made, used and closed again.
 * No lead is accepted, decided or sent meanwhile.
 */
public final class Visit {

  private Visit() {}

  /** Audits now; blocks until done, throws with a message for people where it cannot. */
  public static AuditReport audit(Config config, boolean demo) {
    Parts.needCrm(config, demo);
    Logging.use(config);
    var opened = new Opened();
    try {
      var parts = new Parts(config, demo, opened);
      CompletionStage<AuditReport> report =
          CompletableFuture.supplyAsync(parts.flow().directory()::start, parts.timers())
              .thenCompose(started -> started)
              .thenCompose(loaded -> parts.audit().ask())
              .thenCompose(Running::report);
      return report.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the audit came to no end: " + e.getCause(), e);
    } finally {
      opened.close();
    }
  }
}
