package io.bailiwick.watch.audit;

import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditFinding.Kind;
import io.bailiwick.lead.AuditFinding.News;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares what an audit found with the audit before it: new, still, cleared. What cannot be told
 * today is not cleared; it stands until a reading says otherwise. Pure.
 */
final class Comparison {

  private Comparison() {}

  static List<AuditFinding> of(
      List<AuditFinding> today, Sight sight, @Nullable AuditReport before) {
    Map<String, AuditFinding> known = new HashMap<>();
    if (before != null) {
      before.standing().forEach(finding -> known.put(finding.key(), finding));
    }
    List<AuditFinding> compared = new ArrayList<>();
    for (AuditFinding finding : today) {
      boolean again = known.remove(finding.key()) != null;
      compared.add(finding.as(again ? News.STILL : News.NEW));
    }
    for (AuditFinding gone : known.values()) {
      compared.add(gone.as(told(gone, sight) ? News.CLEARED : News.STILL));
    }
    return AuditFinding.ordered(compared);
  }

  /** Whether this reading can say that it is so no more. */
  private static boolean told(AuditFinding finding, Sight sight) {
    TerritorySnapshot now = sight.snapshot();
    if (now == null) {
      return finding.kind() == Kind.SNAPSHOT_STALE;
    }
    // What no rule names any more, no audit looks at.
    boolean used = !sight.uses().of(finding.subject()).isEmpty();
    Territory territory = used ? now.named(finding.subject()) : null;
    return switch (finding.kind()) {
      case NOT_PERMITTED -> now.permitted() != Flag.UNKNOWN;
      case INACTIVE -> territory == null || territory.active() != Flag.UNKNOWN;
      case API_DISABLED -> territory == null || territory.apiEnabled() != Flag.UNKNOWN;
      case NOT_A_MEMBER -> territory == null || territory.member() != Flag.UNKNOWN;
      case MANAGER_INACTIVE -> territory == null || territory.staff().manager() != Flag.UNKNOWN;
      case USERS_INACTIVE -> territory == null || territory.staff().anyone() != Flag.UNKNOWN;
      case SNAPSHOT_STALE, MISSING, RENAMED, DUPLICATE_NAME, CYCLE, PROPAGATING, UNUSED -> true;
    };
  }
}
