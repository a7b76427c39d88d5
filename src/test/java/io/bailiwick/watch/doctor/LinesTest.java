package io.bailiwick.watch.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.CrmInspection;
import io.bailiwick.lead.CrmInspection.Call;
import io.bailiwick.lead.CrmInspection.Step;
import io.bailiwick.lead.CrmInspection.Verdict;
import io.bailiwick.lead.Diagnosis.Line;
import io.bailiwick.lead.Diagnosis.Status;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.JournalCondition;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritoryReading.Listed;
import io.bailiwick.watch.audit.AuditSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each line of the checklist, green, yellow and red. */
class LinesTest {

  private static final DoctorSettings SETTINGS = DoctorSettings.of(AuditSettings.DEFAULT);
  private static final Instant NOON = Samples.NOON;
  private static final long MIB = 1L << 20;

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      names = {"OK"},
      mode = EnumSource.Mode.EXCLUDE)
  void aFirstCallThatFailsTurnsOneLineRedAndTheLinesBehindItAreLeftOut(Verdict verdict) {
    List<Line> lines = CrmLines.of(seen("https://crm.example", verdict, NOON, null), SETTINGS);
    List<Line> red = lines.stream().filter(line -> line.status() == Status.FAIL).toList();
    String expected =
        switch (verdict) {
          case UNREACHABLE -> "crm_reachable";
          case TLS_FAILED -> "tls";
          case NO_TOKEN, TOKEN_REFUSED -> "token";
          case LIMITED, UNREADABLE -> "crm_answers";
          case SCOPE_MISSING -> "scopes";
          case FEATURE_OFF -> "feature";
          case FORBIDDEN -> "territories";
          case OK -> throw new AssertionError();
        };
    assertEquals(List.of(expected), red.stream().map(Line::check).toList());
    assertTrue(red.get(0).advice().length() > 20);
  }

  @ParameterizedTest
  @CsvSource({
    "0, OK",
    "29, OK",
    "-29, OK",
    "31, WARN",
    "-31, WARN",
    "300, WARN",
    "301, FAIL",
    "-301, FAIL"
  })
  void aClockThatIsOffIsSaidAndFarOffIsRed(int seconds, Status status) {
    var seen = seen("https://crm.example", Verdict.OK, NOON.plusSeconds(seconds), reading(true));
    assertEquals(status, line(CrmLines.of(seen, SETTINGS), "clock").status());
  }

  @Test
  void aCrmThatDoesNotTellItsTimeIsNotSaidToBeWell() {
    var seen = seen("https://crm.example", Verdict.OK, null, reading(true));
    assertEquals(Status.WARN, line(CrmLines.of(seen, SETTINGS), "clock").status());
  }

  @ParameterizedTest
  @CsvSource({
    "https://crm.example, OK",
    "http://127.0.0.1:8090, OK",
    "http://localhost:8090, OK",
    "http://crm.example, WARN"
  })
  void aTokenInClearIsSaidButOnThisMachine(String address, Status status) {
    var seen = seen(address, Verdict.OK, NOON, reading(true));
    assertEquals(status, line(CrmLines.of(seen, SETTINGS), "tls").status());
  }

  @Test
  void anOrganisationWithoutTheClassicFieldsIsWarnedOfIgnoredWrites() {
    Line classic =
        line(CrmLines.of(seen("https://a", Verdict.OK, NOON, reading(true)), SETTINGS), "dialect");
    assertEquals(Status.OK, classic.status());
    assertNull(classic.advice());
    Line other =
        line(CrmLines.of(seen("https://a", Verdict.OK, NOON, reading(false)), SETTINGS), "dialect");
    assertEquals(Status.WARN, other.status());
    assertTrue(other.advice().contains("ignored with SUCCESS"), other.advice());
  }

  @Test
  void aDialectThatReadsEveryAssignmentBackIsWarnedOfNothing() {
    CrmInspection classic = seen("https://a", Verdict.OK, NOON, reading(false));
    var v8 =
        new CrmInspection(
            "zoho-v8", classic.address(), true, classic.calls(), NOON, NOON, classic.reading(), "");
    assertEquals(Status.OK, line(CrmLines.of(v8, SETTINGS), "dialect").status());
  }

  @ParameterizedTest
  @CsvSource({
    "true, 5000, OK, OK",
    "true, 1000, OK, WARN",
    "true, 99, OK, FAIL",
    "true, -1, OK, WARN",
    "false, 5000, FAIL, OK"
  })
  void journalAndDiskAreTwoLines(boolean durable, long mib, Status journal, Status disk) {
    long free = mib < 0 ? mib : mib * MIB;
    var condition = new JournalCondition("data/x.db", durable, "SQLite", free);
    List<Line> lines = HouseLines.journal(condition, SETTINGS);
    assertEquals(journal, line(lines, "journal").status());
    assertEquals(disk, line(lines, "disk").status());
  }

  @Test
  void aJournalThatTakesNoWriteIsRedWithWhy() {
    Line line = HouseLines.journalBroken(new IllegalStateException("disk I/O error"));
    assertEquals(Status.FAIL, line.status());
    assertEquals("takes no write: disk I/O error", line.seen());
  }

  @Test
  void rulesThatAreRefusedAreRedWithTheFirstObjection() {
    var sight =
        new RulesSight("rulebook x serves", null, List.of("a.drl:3:1: no", "b.drl:1:1: no"));
    Line line = HouseLines.rules(sight);
    assertEquals(Status.FAIL, line.status());
    assertTrue(line.seen().contains("a.drl:3:1: no") && line.seen().contains("2 in all"));
    var well = new RulesSight("rulebook x serves", null, List.of());
    assertEquals(Status.OK, HouseLines.rules(well).status());
  }

  @Test
  void withoutAnAssignedLeadNothingIsSaidOfWrites() {
    assertEquals(Status.WARN, HouseLines.writes(Map.of()).status());
  }

  private static Line line(List<Line> lines, String check) {
    return lines.stream().filter(line -> line.check().equals(check)).findFirst().orElseThrow();
  }

  private static CrmInspection seen(
      String address, Verdict verdict, Instant serverTime, TerritoryReading reading) {
    return new CrmInspection(
        "classic",
        address,
        address.startsWith("https"),
        List.of(new Call(Step.TERRITORIES, verdict, "the CRM answered")),
        serverTime,
        NOON,
        reading,
        "");
  }

  private static TerritoryReading reading(boolean flagged) {
    Flag flag = flagged ? Flag.YES : Flag.UNKNOWN;
    Instant created = NOON.minus(Duration.ofDays(9));
    return new TerritoryReading(
        List.of(new Listed("1", "West", null, null, flag, flag, created, Staff.UNKNOWN)),
        Set.of("1"),
        Flag.YES);
  }
}
