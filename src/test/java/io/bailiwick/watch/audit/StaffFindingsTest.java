package io.bailiwick.watch.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.json.SnapshotJson;
import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditFinding.Kind;
import io.bailiwick.lead.AuditFinding.News;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.AuditReport.Trigger;
import io.bailiwick.lead.AuditReport.Untold;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.RulePlace;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritoryReading.Listed;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.TerritoryUses;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an audit makes of managers and users whose accounts are not active. */
class StaffFindingsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final TerritoryUses USES =
      new TerritoryUses(Map.of("West", List.of(new RulePlace("west.drl", 3, "West"))), false);

  /** What the snapshot's id was before staff was known of. */
  private static final String BEFORE_STAFF =
      "c8aeed864b42ffd02de45c41bb8ef6b0cc3ae3ad1e48aaac77479c7789ea1e8c";

  private static TerritorySnapshot snapshot(Staff staff) {
    Listed west =
        new Listed("2", "West", null, "Pat", staff.anyone(), Flag.UNKNOWN, Instant.EPOCH, staff);
    return new TerritoryReading(List.of(west), Set.of("2"), Flag.YES).snapshot(null, NOON);
  }

  private static Sight sight(Staff staff) {
    return new Sight(snapshot(staff), NOON, null, USES, null, Map.of(), NOON);
  }

  private static List<Kind> kinds(Staff staff) {
    return Drift.of(sight(staff), AuditSettings.DEFAULT).stream().map(AuditFinding::kind).toList();
  }

  @Test
  void aManagerWhoIsNotActiveIsSaidAndKeepsNoLeadWaitingWhileAUserIs() {
    assertEquals(List.of(), kinds(Staff.UNKNOWN));
    assertEquals(List.of(), kinds(new Staff(Flag.YES, Flag.UNKNOWN)));
    assertEquals(List.of(Kind.MANAGER_INACTIVE), kinds(new Staff(Flag.NO, Flag.YES)));
    assertEquals(List.of(Kind.MANAGER_INACTIVE), kinds(new Staff(Flag.NO, Flag.UNKNOWN)));
    assertEquals(
        List.of(Kind.INACTIVE, Kind.MANAGER_INACTIVE, Kind.USERS_INACTIVE),
        kinds(new Staff(Flag.NO, Flag.NO)));
  }

  @Test
  void aReadingThatDoesNotTellClearsNothingAndSaysSo() {
    List<AuditFinding> found = Drift.of(sight(new Staff(Flag.NO, Flag.NO)), AuditSettings.DEFAULT);
    assertEquals(Set.of(News.STILL), news(found, Staff.UNKNOWN));
    assertEquals(Set.of(News.CLEARED), news(found, new Staff(Flag.YES, Flag.UNKNOWN)));
    List<Kind> untold =
        Untellable.of(snapshot(Staff.UNKNOWN), USES).stream().map(Untold::kind).toList();
    assertEquals(
        List.of(Kind.INACTIVE, Kind.API_DISABLED, Kind.MANAGER_INACTIVE, Kind.USERS_INACTIVE),
        untold);
  }

  private static Set<News> news(List<AuditFinding> before, Staff now) {
    var report =
        new AuditReport(
            "1",
            null,
            Trigger.ASKED,
            NOON,
            NOON,
            null,
            NOON,
            "rules",
            null,
            1,
            1,
            0,
            before,
            List.of());
    return Set.copyOf(
        Comparison.of(List.of(), sight(now), report).stream().map(AuditFinding::news).toList());
  }

  @Test
  void aSnapshotWithoutStaffKeepsItsIdAndIsReadFromWhatWasKeptBefore() {
    TerritorySnapshot bare = snapshot(Staff.UNKNOWN);
    String kept = SnapshotJson.write(bare);
    String older = kept.replaceAll(",\"staff\":\\{[^}]*}", "");
    assertEquals(-1, older.indexOf("staff"));
    assertEquals(bare.id(), SnapshotJson.read(older).id());
    assertEquals(BEFORE_STAFF, bare.id());
    TerritorySnapshot told = snapshot(new Staff(Flag.NO, Flag.NO));
    assertEquals(told, SnapshotJson.read(SnapshotJson.write(told)));
  }
}
