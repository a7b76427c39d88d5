package io.bailiwick.watch.audit;

import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.TerritoryUses;
import java.time.Instant;
import java.util.Map;

/**
 * What an audit looks at.
 *
 * @param snapshot the last complete reading of the CRM; null where there was never one
 * @param failure why the CRM could not be read for this audit; null where it could
 * @param uses which territories the serving rules name
 * @param before the audit before it; null for the first
 * @param formerIds ids by the names that the CRM listed at the audit before
 */
public record Sight(
    @Nullable TerritorySnapshot snapshot,
    @Nullable Instant readAt,
    @Nullable String failure,
    TerritoryUses uses,
    @Nullable AuditReport before,
    Map<String, String> formerIds,
    Instant now) {}
