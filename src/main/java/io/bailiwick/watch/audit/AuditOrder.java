package io.bailiwick.watch.audit;

import io.bailiwick.lead.AuditReport.Trigger;
import io.bailiwick.lead.Nullable;
import java.time.Instant;

/**
 * An audit to be run.
 *
 * @param day the local day it is due on; null where somebody asked
 * @param holder whose claim the day is
 */
public record AuditOrder(
    String id, @Nullable String day, Trigger trigger, Instant startedAt, String holder) {}
