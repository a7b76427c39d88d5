package io.bailiwick.watch.doctor;

import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditFinding.Kind;
import io.bailiwick.lead.Diagnosis.Line;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.RulePlace;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.TerritoryUses;
import io.bailiwick.watch.audit.Advice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The lines about the territories that rules name and the three layers of permission: one line a
 * cause, which names the territories it keeps from being ready. Pure.
 */
final class TerritoryLines {

  private static final int NAMED = 20;

  private final TerritorySnapshot snapshot;
  private final TerritoryUses uses;
  private final List<AuditFinding> findings;
  private final List<Territory> used;
  private final List<Line> lines = new ArrayList<>();

  private TerritoryLines(
      TerritorySnapshot snapshot, TerritoryUses uses, List<AuditFinding> findings) {
    this.snapshot = snapshot;
    this.uses = uses;
    this.findings = findings;
    this.used =
        uses.places().keySet().stream()
            .sorted()
            .map(snapshot::named)
            .filter(Objects::nonNull)
            .toList();
  }

  /** {@code classic}: of the dialect that knows the permission and the flag of API access. */
  static List<Line> of(
      TerritorySnapshot snapshot,
      TerritoryUses uses,
      List<AuditFinding> findings,
      boolean classic) {
    var made = new TerritoryLines(snapshot, uses, findings);
    if (classic || snapshot.permitted() != Flag.UNKNOWN) {
      made.profile();
    }
    made.cause("membership", Kind.NOT_A_MEMBER, Territory::member, "is reached by the API user");
    made.listed();
    made.cause("active", Kind.INACTIVE, Territory::active, "is active");
    if (classic) {
      made.cause("api_access", Kind.API_DISABLED, Territory::apiEnabled, "allows API access");
    }
    made.cause("propagated", Kind.PROPAGATING, t -> Flag.YES, "has been known long enough");
    made.staff();
    made.structure();
    return made.lines;
  }

  /** A warning: leads are taken all the same, and somebody should see them. */
  private void staff() {
    List<AuditFinding> found = with(Set.of(Kind.MANAGER_INACTIVE, Kind.USERS_INACTIVE));
    boolean told = used.stream().anyMatch(t -> !t.staff().equals(Staff.UNKNOWN));
    if (!found.isEmpty()) {
      lines.add(Line.warn("staff", named(found), advice(found)));
    } else if (told) {
      lines.add(Line.ok("staff", "no manager of a territory that rules name is inactive"));
    }
  }

  private void profile() {
    switch (snapshot.permitted()) {
      case YES -> lines.add(Line.ok("profile", "the API user may manage territories"));
      case NO ->
          lines.add(
              Line.fail(
                  "profile",
                  "the API user's profile lacks the permission Manage Territories",
                  Advice.on(Kind.NOT_PERMITTED, "")));
      case UNKNOWN ->
          lines.add(
              Line.warn(
                  "profile",
                  "cannot be told: the API user's profile could not be read",
                  Advice.on(Kind.NOT_PERMITTED, "")));
    }
  }

  private void listed() {
    List<AuditFinding> gone = with(Set.of(Kind.MISSING, Kind.RENAMED));
    if (gone.isEmpty()) {
      lines.add(Line.ok("listed", "%,d names of rules are listed".formatted(used.size())));
      return;
    }
    String advice =
        gone.stream().map(AuditFinding::kind).distinct().count() == 1
            ? advice(gone)
            : Advice.on(Kind.MISSING, "") + " " + Advice.on(Kind.RENAMED, "the territory");
    lines.add(Line.fail("listed", named(gone), advice));
  }

  private void cause(String check, Kind kind, Function<Territory, Flag> flag, String well) {
    List<AuditFinding> found = with(Set.of(kind));
    long untold = used.stream().filter(t -> flag.apply(t) == Flag.UNKNOWN).count();
    if (!found.isEmpty()) {
      lines.add(Line.fail(check, named(found), advice(found)));
    } else if (untold > 0) {
      lines.add(
          Line.warn(
              check,
              "cannot be told of %,d of %,d territories that rules name"
                  .formatted(untold, used.size()),
              "Only the CRM's answer to an assignment will show it."));
    } else {
      String what = "each of %,d territories that rules name %s";
      lines.add(Line.ok(check, what.formatted(used.size(), well)));
    }
  }

  /** Names that several bear, and circles. */
  private void structure() {
    List<AuditFinding> odd = with(Set.of(Kind.DUPLICATE_NAME, Kind.CYCLE));
    if (odd.isEmpty()) {
      lines.add(Line.ok("hierarchy", "each name once, and no circle"));
    } else {
      String told =
          odd.stream()
              .limit(NAMED)
              .map(finding -> finding.subject() + ": " + finding.detail())
              .collect(Collectors.joining("; "));
      lines.add(Line.warn("hierarchy", told, advice(odd)));
    }
  }

  private List<AuditFinding> with(Set<Kind> kinds) {
    return findings.stream().filter(finding -> kinds.contains(finding.kind())).toList();
  }

  /** Each territory with what was seen of it and the rules that name it. */
  private String named(List<AuditFinding> found) {
    String told =
        found.stream()
            .limit(NAMED)
            .map(
                finding ->
                    "%s: %s (%s)".formatted(finding.subject(), finding.detail(), places(finding)))
            .collect(Collectors.joining("; "));
    return found.size() > NAMED ? told + "; and " + (found.size() - NAMED) + " more" : told;
  }

  private String places(AuditFinding finding) {
    return uses.of(finding.subject()).stream()
        .limit(NAMED)
        .map(RulePlace::place)
        .collect(Collectors.joining(", "));
  }

  private static String advice(List<AuditFinding> found) {
    AuditFinding first = found.get(0);
    return Advice.on(first.kind(), found.size() == 1 ? first.subject() : "each of them");
  }
}
