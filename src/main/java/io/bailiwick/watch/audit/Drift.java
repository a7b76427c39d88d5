package io.bailiwick.watch.audit;

import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditFinding.Kind;
import io.bailiwick.lead.AuditFinding.News;
import io.bailiwick.lead.BlastRadius;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Readiness;
import io.bailiwick.lead.RulePlace;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds where the CRM's territories and those that rules name differ. Pure; findings come as new
 * and without their blast radius.
 */
public final class Drift {

  /** Past so many, unused territories are told together. */
  static final int UNUSED_TOLD = 200;

  private final Sight sight;
  private final AuditSettings settings;
  private final List<AuditFinding> findings = new ArrayList<>();

  private Drift(Sight sight, AuditSettings settings) {
    this.sight = sight;
    this.settings = settings;
  }

  /** The gravest first. */
  public static List<AuditFinding> of(Sight sight, AuditSettings settings) {
    var drift = new Drift(sight, settings);
    drift.reading();
    TerritorySnapshot snapshot = sight.snapshot();
    if (snapshot != null) {
      drift.user(snapshot);
      sight.uses().places().keySet().forEach(name -> drift.used(name, snapshot));
      drift.names(snapshot);
      Circles.of(snapshot.territories()).forEach(drift::circle);
    }
    return AuditFinding.ordered(drift.findings);
  }

  private void reading() {
    var readAt = sight.readAt();
    boolean stale = readAt != null && readAt.plus(settings.staleAfter()).isBefore(sight.now());
    if (readAt == null || stale || sight.failure() != null) {
      String last = readAt == null ? "never" : readAt.toString();
      String why = sight.failure() == null ? "" : " (" + sight.failure() + ")";
      add(Kind.SNAPSHOT_STALE, "", null, "the territories were last read: " + last + why);
    }
  }

  private void user(TerritorySnapshot snapshot) {
    if (snapshot.permitted() == Flag.NO) {
      String what = "the API user's profile lacks the permission Manage Territories";
      add(Kind.NOT_PERMITTED, "", null, what);
    }
  }

  private void used(String name, TerritorySnapshot snapshot) {
    Territory territory = snapshot.named(name);
    if (territory == null) {
      unlisted(name, snapshot);
      return;
    }
    staff(name, territory);
    // The profile concerns all of them, and is told once.
    Readiness signs = Readiness.of(territory, Flag.UNKNOWN, sight.now(), settings.propagation());
    for (Blocker blocker : signs.blockers()) {
      switch (blocker) {
        case INACTIVE -> {
          boolean nobody = territory.staff().anyone() == Flag.NO;
          String what = nobody ? "nobody who works in it is active" : "it is not active";
          add(Kind.INACTIVE, name, territory.id(), what);
        }
        case API_DISABLED ->
            add(Kind.API_DISABLED, name, territory.id(), "Allow API Access is off");
        case PROPAGATING ->
            add(
                Kind.PROPAGATING,
                name,
                territory.id(),
                "it is new; the CRM's API takes it from " + signs.liftsAt() + " on");
        case NOT_A_MEMBER ->
            add(
                Kind.NOT_A_MEMBER,
                name,
                territory.id(),
                "the API user is a member neither of it nor of a territory above it");
        case NOT_FOUND, NOT_PERMITTED, REFUSED -> {}
      }
    }
  }

  private void staff(String name, Territory territory) {
    if (territory.staff().manager() == Flag.NO) {
      String manager = territory.manager() == null ? "" : ", " + territory.manager() + ",";
      String what = "its manager" + manager + " is not active";
      add(Kind.MANAGER_INACTIVE, name, territory.id(), what);
    }
    if (territory.staff().users() == Flag.NO) {
      add(Kind.USERS_INACTIVE, name, territory.id(), "none of its users is active");
    }
  }

  private void unlisted(String name, TerritorySnapshot snapshot) {
    String id = sight.formerIds().get(name);
    Territory renamed = id == null ? null : withId(snapshot, id);
    if (renamed == null) {
      add(Kind.MISSING, name, null, "the CRM lists no territory of this name");
      return;
    }
    String rules =
        sight.uses().of(name).stream().map(RulePlace::place).collect(Collectors.joining(", "));
    add(
        Kind.RENAMED,
        name,
        id,
        "it is called \"%s\" now; to be edited: %s".formatted(renamed.name(), rules));
  }

  private void names(TerritorySnapshot snapshot) {
    Map<String, List<Territory>> byName =
        snapshot.territories().stream()
            .collect(Collectors.groupingBy(Territory::name, TreeMap::new, Collectors.toList()));
    byName.forEach(
        (name, all) -> {
          if (all.size() > 1) {
            String ids = all.stream().map(Territory::id).collect(Collectors.joining(", "));
            add(Kind.DUPLICATE_NAME, name, all.get(0).id(), "ids " + ids + " bear this name");
          }
        });
    if (!sight.uses().any()) {
      unused(byName.keySet().stream().filter(name -> sight.uses().of(name).isEmpty()).toList());
    }
  }

  private void unused(List<String> names) {
    if (names.size() <= UNUSED_TOLD) {
      names.forEach(name -> add(Kind.UNUSED, name, null, "no rule sends a lead to it"));
    } else {
      String some = names.stream().limit(UNUSED_TOLD).collect(Collectors.joining(", "));
      String what = "no rule sends a lead to %,d territories, among them %s";
      add(Kind.UNUSED, "", null, what.formatted(names.size(), some));
    }
  }

  private void circle(List<Territory> circle) {
    String way = circle.stream().map(Territory::name).collect(Collectors.joining(" > "));
    Territory first = circle.get(0);
    add(Kind.CYCLE, first.name(), first.id(), "each is below the next: " + way);
  }

  private void add(Kind kind, String subject, @Nullable String id, String detail) {
    String advice = Advice.on(kind, subject);
    findings.add(new AuditFinding(kind, subject, id, News.NEW, detail, advice, BlastRadius.NONE));
  }

  private static @Nullable Territory withId(TerritorySnapshot snapshot, String id) {
    return snapshot.territories().stream().filter(t -> t.id().equals(id)).findFirst().orElse(null);
  }
}
