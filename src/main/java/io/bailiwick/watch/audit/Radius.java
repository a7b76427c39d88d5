package io.bailiwick.watch.audit;

import io.bailiwick.flow.AuditLog.Exposure;
import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditFinding.Kind;
import io.bailiwick.lead.BlastRadius;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RulePlace;
import io.bailiwick.lead.TerritoryUses;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gives findings their blast radius. Pure. */
final class Radius {

  /** The most places of rules that a finding names. */
  private static final int PLACES = 500;

  private Radius() {}

  static AuditFinding of(
      AuditFinding finding,
      TerritoryUses uses,
      Map<String, Exposure> exposed,
      Redecision.@Nullable Outcome again) {
    List<RulePlace> rules = ofAll(finding) ? all(uses) : uses.of(finding.subject());
    Exposure exposure = exposure(finding, uses, exposed);
    Blocker blocker = blocker(finding);
    long would = 0;
    if (again != null && blocker != null) {
      would = ofAll(finding) ? again.queued(blocker) : again.queued(finding.subject(), blocker);
    }
    return new AuditFinding(
        finding.kind(),
        finding.subject(),
        finding.territoryId(),
        finding.news(),
        finding.detail(),
        finding.advice(),
        new BlastRadius(rules, exposure.lately(), exposure.inAll(), exposure.waiting(), would));
  }

  /** Whether it concerns every territory that rules name. */
  static boolean ofAll(AuditFinding finding) {
    return finding.kind() == Kind.NOT_PERMITTED || finding.kind() == Kind.SNAPSHOT_STALE;
  }

  /** What a lead would wait for because of it; null where none would. */
  static @Nullable Blocker blocker(AuditFinding finding) {
    return switch (finding.kind()) {
      case MISSING, RENAMED -> Blocker.NOT_FOUND;
      case INACTIVE -> Blocker.INACTIVE;
      case API_DISABLED -> Blocker.API_DISABLED;
      case PROPAGATING -> Blocker.PROPAGATING;
      case NOT_A_MEMBER -> Blocker.NOT_A_MEMBER;
      case NOT_PERMITTED -> Blocker.NOT_PERMITTED;
      case SNAPSHOT_STALE, MANAGER_INACTIVE, USERS_INACTIVE, DUPLICATE_NAME, CYCLE, UNUSED -> null;
    };
  }

  private static Exposure exposure(
      AuditFinding finding, TerritoryUses uses, Map<String, Exposure> exposed) {
    if (!ofAll(finding)) {
      return exposed.getOrDefault(finding.subject(), Exposure.NONE);
    }
    return uses.places().keySet().stream()
        .map(name -> exposed.getOrDefault(name, Exposure.NONE))
        .reduce(Exposure.NONE, Exposure::plus);
  }

  private static List<RulePlace> all(TerritoryUses uses) {
    return new TreeMap<>(uses.places())
        .values().stream().flatMap(Collection::stream).distinct().limit(PLACES).toList();
  }
}
