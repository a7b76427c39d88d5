package io.bailiwick.watch.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditFinding.Kind;
import io.bailiwick.lead.AuditFinding.News;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.BlastRadius;
import io.bailiwick.lead.Diagnosis;
import io.bailiwick.lead.Diagnosis.Line;
import io.bailiwick.lead.Diagnosis.Status;
import io.bailiwick.lead.RulePlace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each cause of mission.md, switched on and off in the sandbox. */
class CausesTest {

  /** What an admin does, what the audit makes of it, and the doctor's line. */
  enum Cause {
    MISSING(
        Kind.MISSING,
        "East",
        "listed",
        "Create it under",
        "{'do':'removeTerritory','territory':'11'}",
        "{'do':'addTerritory','name':'East','id':'11','parentId':'1'}"),
    RENAMED(
        Kind.RENAMED,
        "East",
        "listed",
        "Write the new name into the rules",
        "{'do':'setTerritory','territory':'11','name':'Far East'}",
        "{'do':'setTerritory','territory':'11','name':'East'}"),
    INACTIVE(
        Kind.INACTIVE,
        "East",
        "active",
        "Activate it: Setup > ",
        "{'do':'setTerritory','territory':'11','status':'Inactive'}",
        "{'do':'setTerritory','territory':'11','status':'Active'}"),
    API_DISABLED(
        Kind.API_DISABLED,
        "East",
        "api_access",
        "Tick Allow API Access: Setup > ",
        "{'do':'setTerritory','territory':'11','apiEnabled':false}",
        "{'do':'setTerritory','territory':'11','apiEnabled':true}"),
    NOT_A_MEMBER(
        Kind.NOT_A_MEMBER,
        "South",
        "membership",
        "Add the API user to it, or to a territory above it",
        "{'do':'setUser','memberOf':['Root']}",
        "{'do':'setUser','memberOf':['Root','Other Root']}"),
    NOT_PERMITTED(
        Kind.NOT_PERMITTED,
        "",
        "profile",
        "tick Manage Territories",
        "{'do':'setUser','permitted':false}",
        "{'do':'setUser','permitted':true}");

    final Kind kind;
    final String subject;
    final String line;
    final String advice;
    final String on;
    final String off;

    Cause(Kind kind, String subject, String line, String advice, String on, String off) {
      this.kind = kind;
      this.subject = subject;
      this.line = line;
      this.advice = advice;
      this.on = on;
      this.off = off;
    }

    String key() {
      return kind.word() + ":" + subject;
    }

    int territories() {
      return this == NOT_PERMITTED ? 3 : 1;
    }
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByTheNextAuditWithWhatHangsOnItToldOnceAndToldAgainWhenCleared(Cause cause) {
    try (var watch = new NightWatch()) {
      watch.post(2, "US", "DE", "FR");
      watch.pass(Duration.ofDays(10));
      watch.post(3, "US", "DE", "FR");
      assertEquals(0, watch.queued());
      assertTrue(watch.last().standing().stream().allMatch(f -> f.kind() == Kind.UNUSED));
      assertEquals(List.of(), red(watch.examine()));

      watch.control(cause.on);
      watch.pass(Duration.ofDays(1));
      AuditReport report = watch.last();
      assertEquals("2026-01-26", report.day());
      AuditFinding found = only(report, cause);
      assertEquals(News.NEW, found.news());
      assertEquals(radius(cause, 3, 5, 0, 3), found.radius());
      assertEquals(9, report.decided());
      assertEquals(1, watch.told(Signal.FindingNew.class, cause.key()));
      Line line = red(watch.examine()).get(0);
      assertEquals(List.of(cause.line), red(watch.examine()).stream().map(Line::check).toList());
      assertTrue(line.advice().contains(cause.advice), line.advice());

      watch.post(2, "US", "DE", "FR");
      assertEquals(2L * cause.territories(), watch.queued());
      watch.pass(Duration.ofDays(1));
      found = only(watch.last(), cause);
      assertEquals(News.STILL, found.news());
      assertEquals(radius(cause, 5, 7, 2, 3), found.radius());
      assertEquals(1, watch.told(Signal.FindingNew.class, cause.key()), "not told again");

      watch.control(cause.off);
      watch.pass(Duration.ofDays(1));
      found = only(watch.last(), cause);
      assertEquals(News.CLEARED, found.news());
      assertEquals(1, watch.told(Signal.FindingCleared.class, cause.key()));
      assertEquals(0, watch.queued(), "the waiting ones have left");
      assertEquals(List.of(), red(watch.examine()));
      watch.pass(Duration.ofDays(2));
      assertTrue(watch.last().findings().stream().noneMatch(f -> f.kind() == cause.kind));
      assertEquals(1, watch.told(Signal.FindingNew.class, cause.key()));
      assertEquals(1, watch.told(Signal.FindingCleared.class, cause.key()));
    }
  }

  @Test
  void aNewTerritoryIsSaidToPropagateUntilItHas() {
    try (var watch = new NightWatch()) {
      watch.post(3, "DE");
      watch.control(
          "[{'do':'removeTerritory','territory':'11'},"
              + "{'do':'addTerritory','name':'East','parentId':'1'}]");
      AuditFinding found = one(watch.audit(), Kind.PROPAGATING);
      assertEquals(new BlastRadius(places("East"), 3, 3, 0, 3), found.radius());
      assertEquals(List.of("propagated"), checks(red(watch.examine())));
      watch.post(1, "DE");
      assertEquals(1, one(watch.audit(), Kind.PROPAGATING).radius().waiting());
      watch.pass(Duration.ofMinutes(16));
      assertEquals(News.CLEARED, one(watch.audit(), Kind.PROPAGATING).news());
      assertEquals(List.of(), red(watch.examine()));
      assertEquals(0, watch.queued());
    }
  }

  @Test
  void whatAPersonAssignedIsNotDecidedAgain() {
    try (var watch = new NightWatch()) {
      watch.post(1, "DE");
      watch.control("{'do':'setTerritory','territory':'11','apiEnabled':false}");
      watch.audit();
      watch.post(1, "DE");
      watch.assignByHand("West");
      assertEquals(0, watch.queued());
      AuditReport report = watch.audit();
      assertEquals(1, report.decided());
      assertEquals(1, one(report, Kind.API_DISABLED).radius().wouldQueue());
    }
  }

  @Test
  void aRenamedTerritoryStaysRenamedUntilTheRulesOrTheNameChangeAndTheLinesAreNamed() {
    try (var watch = new NightWatch()) {
      watch.control("{'do':'setTerritory','territory':'11','name':'Far East'}");
      AuditFinding found = one(watch.audit(), Kind.RENAMED);
      assertEquals("11", found.territoryId());
      assertTrue(found.detail().contains("\"Far East\""), found.detail());
      assertTrue(found.detail().contains("routing.drl:5"), found.detail());
      watch.control("{'do':'setTerritory','territory':'11','name':'Farther East'}");
      found = one(watch.audit(), Kind.RENAMED);
      assertEquals(News.STILL, found.news());
      assertTrue(found.detail().contains("\"Farther East\""), found.detail());
      watch.control("{'do':'removeTerritory','territory':'11'}");
      AuditReport report = watch.audit();
      assertEquals(News.CLEARED, one(report, Kind.RENAMED).news());
      assertEquals(News.NEW, one(report, Kind.MISSING).news());
    }
  }

  @Test
  void namesThatSeveralBearAndCirclesAndUnusedTerritoriesAreFound() {
    try (var watch = new NightWatch()) {
      watch.control(
          "[{'do':'addTerritory','name':'West','id':'99','parentId':'1'},"
              + "{'do':'setTerritory','territory':'2','parentId':'12'},"
              + "{'do':'addTerritory','name':'Spare','parentId':'1'}]");
      AuditReport report = watch.audit();
      AuditFinding twice = one(report, Kind.DUPLICATE_NAME);
      assertEquals("West", twice.subject());
      assertEquals("ids 10, 99 bear this name", twice.detail());
      AuditFinding circle = one(report, Kind.CYCLE);
      assertEquals("each is below the next: Other Root > South", circle.detail());
      assertEquals(
          List.of("Other Root", "Root", "Spare"),
          report.standing().stream()
              .filter(finding -> finding.kind() == Kind.UNUSED)
              .map(AuditFinding::subject)
              .toList());
      Line line =
          watch.examine().lines().stream()
              .filter(one -> one.check().equals("hierarchy"))
              .findFirst()
              .orElseThrow();
      assertEquals(Status.WARN, line.status());
      assertTrue(line.seen().contains("West") && line.seen().contains("South"), line.seen());
    }
  }

  @Test
  void aCrmThatCannotBeReadIsAFindingAndClearsNothing() {
    try (var watch = new NightWatch()) {
      watch.control("{'do':'setTerritory','territory':'11','apiEnabled':false}");
      watch.audit();
      watch.control("{'do':'setFaults','faults':[{'kind':'status','status':500}]}");
      AuditReport report = watch.audit();
      AuditFinding stale = one(report, Kind.SNAPSHOT_STALE);
      assertEquals(News.NEW, stale.news());
      assertEquals(3, stale.radius().rules().size());
      assertEquals(News.STILL, one(report, Kind.API_DISABLED).news());
      assertEquals(List.of("crm_answers"), checks(red(watch.examine())));
      watch.control("{'do':'setFaults','faults':[]}");
      report = watch.audit();
      assertEquals(News.CLEARED, one(report, Kind.SNAPSHOT_STALE).news());
      assertEquals(News.STILL, one(report, Kind.API_DISABLED).news());
    }
  }

  @Test
  void whatIsNoLongerToldIsNotCleared() {
    try (var watch = new NightWatch()) {
      watch.control("{'do':'setUser','memberOf':['Root'],'permitted':false}");
      watch.audit();
      watch.control(
          "{'do':'setFaults','faults':[{'kind':'status','status':500,'path':'/crm/v2/users'}]}");
      AuditReport report = watch.audit();
      assertEquals(News.STILL, one(report, Kind.NOT_PERMITTED).news());
      assertEquals(News.STILL, one(report, Kind.NOT_A_MEMBER).news());
      Set<Kind> untold = Set.copyOf(report.untold().stream().map(u -> u.kind()).toList());
      assertTrue(untold.contains(Kind.NOT_PERMITTED) && untold.contains(Kind.NOT_A_MEMBER));
      assertTrue(untold.contains(Kind.USERS_INACTIVE), "never told in this dialect");
    }
  }

  @Test
  void territoryManagementThatIsOffTurnsOneLineRed() {
    try (var watch = new NightWatch()) {
      watch.control("{'do':'setFeature','territories':false}");
      assertEquals(News.NEW, one(watch.audit(), Kind.SNAPSHOT_STALE).news());
      List<Line> red = red(watch.examine());
      assertEquals(List.of("feature"), checks(red));
      assertTrue(red.get(0).advice().contains("Territory Management > Enable"));
    }
  }

  @Test
  void tokenScopesAndWritesThatAreIgnoredTurnOneLineRedEach() {
    try (var watch = new NightWatch()) {
      watch.control("{'do':'setFaults','faults':[{'kind':'status','status':401}]}");
      assertEquals(List.of("token"), checks(red(watch.examine())));
      watch.control("{'do':'setFaults','faults':[{'kind':'status','status':403}]}");
      assertEquals(List.of("scopes"), checks(red(watch.examine())).subList(0, 1));
      watch.control("{'do':'setFaults','faults':[{'kind':'ignoreWrite'}]}");
      watch.post(2, "US");
      List<Line> red = red(watch.examine());
      assertEquals(List.of("writes"), checks(red));
      assertTrue(red.get(0).advice().contains("ignores a classic `Territory` write"));
    }
  }

  private static BlastRadius radius(Cause cause, int week, int month, int waiting, int would) {
    int times = cause.territories();
    return new BlastRadius(
        cause == Cause.NOT_PERMITTED ? places("East", "South", "West") : places(cause.subject),
        (long) week * times,
        (long) month * times,
        (long) waiting * times,
        (long) would * times);
  }

  private static List<RulePlace> places(String... territories) {
    List<RulePlace> places = new ArrayList<>();
    for (String name : territories) {
      String country = name.equals("West") ? "US" : name.equals("East") ? "DE" : "FR";
      places.add(new RulePlace("routing.drl", NightWatch.LINES.get(name), country + " to " + name));
    }
    return places;
  }

  /** The finding of the cause, which is the only one besides notes. */
  private static AuditFinding only(AuditReport report, Cause cause) {
    // A territory that was made again is new, too, for a while.
    List<AuditFinding> grave =
        report.findings().stream().filter(f -> f.kind() != Kind.UNUSED).toList();
    assertEquals(List.of(cause.key()), grave.stream().map(AuditFinding::key).toList());
    return grave.get(0);
  }

  private static AuditFinding one(AuditReport report, Kind kind) {
    List<AuditFinding> found = report.findings().stream().filter(f -> f.kind() == kind).toList();
    assertEquals(1, found.size(), report.findings().toString());
    return found.get(0);
  }

  private static List<Line> red(Diagnosis diagnosis) {
    // The journal of these tests is in memory, which the doctor rightly does not like.
    return diagnosis.lines().stream()
        .filter(line -> line.status() == Status.FAIL && !line.check().equals("journal"))
        .toList();
  }

  private static List<String> checks(List<Line> lines) {
    return lines.stream().map(Line::check).toList();
  }
}
