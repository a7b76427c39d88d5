package io.bailiwick.watch.audit;

import io.bailiwick.flow.JournalReader;
import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.TerritorySnapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Under which names territories were known, so that a renamed one is told from a missing one. */
public final class FormerNames {

  private FormerNames() {}

  /** Ids by name at the audit before; what that one found renamed keeps its old name. */
  public static CompletionStage<Map<String, String>> of(
      JournalReader journal, Optional<AuditReport> before) {
    String id = before.map(AuditReport::snapshot).orElse(null);
    CompletionStage<Optional<TerritorySnapshot>> former =
        id == null ? CompletableFuture.completedStage(Optional.empty()) : journal.snapshot(id);
    return former.thenApply(
        snapshot -> {
          Map<String, String> ids = new HashMap<>();
          before.stream()
              .flatMap(report -> report.standing().stream())
              .filter(finding -> finding.kind() == AuditFinding.Kind.RENAMED)
              .filter(finding -> finding.territoryId() != null)
              .forEach(finding -> ids.put(finding.subject(), finding.territoryId()));
          snapshot.stream()
              .flatMap(all -> all.territories().stream())
              .forEach(territory -> ids.putIfAbsent(territory.name(), territory.id()));
          return ids;
        });
  }
}
