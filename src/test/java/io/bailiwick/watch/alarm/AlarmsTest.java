package io.bailiwick.watch.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Candidate;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.AccessTrouble;
import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.Backlog;
import io.bailiwick.lead.BlastRadius;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.ParkReason;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.lead.RulePlace;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlarmsTest extends AlarmGround {

  private static final Duration STALE = Duration.ofHours(24);

  private final Alarms alarms =
      new Alarms(
          book, timers, new Alarms.Settings(Duration.ofHours(4), Duration.ofMinutes(5), STALE));

  @Test
  void aRefusedTokenIsToldAtOnceAndItsRecoveryWithTheNextAnswer() {
    attempt(new Outcome.Unauthorized("the CRM answered 401"));
    attempt(new Outcome.Unauthorized("the CRM answered 401"));
    assertEquals(List.of("raised token_broken sending"), told());
    attempt(new Outcome.Done("200"));
    assertEquals(List.of("raised token_broken sending", "cleared token_broken sending"), told());
  }

  @Test
  void aTokenIsSeenToBeRefusedThoughNoLeadComes() {
    alarms.tell(new Signal.TerritoriesFailed("the CRM answered 401", AccessTrouble.TOKEN_REFUSED));
    assertEquals(List.of("raised token_broken reading"), told());
    alarms.tell(new Signal.TerritoriesRead(snapshot()));
    assertEquals("cleared token_broken reading", told().get(1));
  }

  @Test
  void aCrmThatTakesNothingIsToldOnceItLasts() {
    attempt(new Outcome.Unavailable(null, "503"));
    pass(Duration.ofMinutes(4));
    alarms.round(Backlog.NONE);
    assertEquals(List.of(), told());
    attempt(new Outcome.RateLimited(null, "429"));
    alarms.round(Backlog.NONE);
    assertEquals(List.of("raised crm_refusing sending"), told());
    attempt(new Outcome.TerritoryInvalid("invalid territory id"));
    assertEquals("cleared crm_refusing sending", told().get(1));
  }

  @Test
  void territoriesThatCannotBeReadAreToldAndThenThatTheyAreStale() {
    alarms.tell(new Signal.TerritoriesRead(snapshot()));
    alarms.tell(new Signal.TerritoriesFailed("503", null));
    pass(Duration.ofMinutes(6));
    alarms.round(Backlog.NONE);
    assertEquals(List.of("raised crm_refusing reading"), told());
    pass(STALE);
    alarms.round(Backlog.NONE);
    assertEquals("raised snapshot_stale ", told().get(1));
    alarms.tell(new Signal.TerritoriesRead(snapshot()));
    assertEquals(
        List.of("cleared crm_refusing reading", "cleared snapshot_stale "),
        told().subList(2, 4).stream().sorted().toList());
  }

  @Test
  void aLeadThatWaitsTooLongAndDeadLettersAreToldWithTheirReason() {
    var waits = new Backlog.Waiting(Stage.QUEUED, QueueReason.NO_MATCH, 3, timers.now(), "lead-1");
    var backlog = new Backlog(List.of(waits), List.of(), Map.of(ParkReason.REJECTED, 2L));
    alarms.round(backlog);
    assertEquals(List.of("raised dead_letters rejected"), told());
    pass(Duration.ofHours(4));
    alarms.round(backlog);
    assertEquals("raised lead_waiting no_match", told().get(1));
    String told = book.standing().toString();
    assertTrue(told.contains("3 leads; the oldest, lead-1"), told);
    alarms.round(Backlog.NONE);
    assertEquals(4, told().size());
  }

  @Test
  void driftIsToldWithWhatHangsOnItAndClearedByTheAuditThatDoesNotFindItAnyMore() {
    var radius = new BlastRadius(List.of(new RulePlace("a.drl", 7, "West")), 70, 300, 5, 60);
    var finding =
        new AuditFinding(
            AuditFinding.Kind.API_DISABLED,
            "West Region",
            "1",
            AuditFinding.News.NEW,
            "API access is off.",
            "Switch it on.",
            radius);
    var note =
        new AuditFinding(
            AuditFinding.Kind.UNUSED, "East", "2", AuditFinding.News.NEW, "", "", BlastRadius.NONE);
    alarms.tell(new Signal.AuditFinished(report(List.of(finding, note))));
    assertEquals(List.of("raised drift api disabled: West Region"), told());
    assertEquals(
        "API access is off. Places in rules: 1 (a.drl:7); leads in 7 days: 70, in 30: 300;"
            + " waiting now: 5, would be: 60.",
        book.standing().get(0).detail());
    alarms.tell(new Signal.AuditFinished(report(List.of(finding.as(AuditFinding.News.STILL)))));
    assertEquals(1, told().size());
    var cleared = finding.as(AuditFinding.News.CLEARED);
    alarms.tell(new Signal.AuditFinished(report(List.of(cleared))));
    assertEquals("cleared drift api disabled: West Region", told().get(1));
  }

  @Test
  void anAuditThatNeverRanOrFailedIsToldAndSoIsOneOfWhichNobodyTells() {
    alarms.tell(new Signal.AuditMissed("2026-01-14", "2026-01-14", 1));
    alarms.tell(new Signal.AuditFailed("the CRM could not be read", null));
    assertEquals(List.of("raised audit_missed failed missed"), told());
    alarms.tell(new Signal.AuditFinished(report(List.of())));
    assertEquals("cleared audit_missed failed missed", told().get(1));
    pass(Duration.ofHours(27));
    alarms.round(Backlog.NONE);
    assertEquals("raised audit_missed overdue", told().get(2));
  }

  @Test
  void aVersionThatWasTakenBackIsToldUntilAnotherIsPublished() {
    alarms.tell(new Signal.Published(publication(Publication.How.FELL_BACK)));
    assertEquals(List.of("raised rulebook_rejected fell-back"), told());
    alarms.tell(new Signal.Published(publication(Publication.How.ON_CHANGE)));
    assertEquals("cleared rulebook_rejected fell-back", told().get(1));
  }

  @Test
  void rulesThatAreRefusedAreToldWithTheFirstReasonUntilTheFolderServesOrIsAsItWas() {
    alarms.tell(new Signal.CandidateRefused(refused("summer")));
    assertEquals(List.of(), told(), "who uploaded it was answered");
    alarms.tell(new Signal.CandidateRefused(refused(Candidate.FOLDER)));
    assertEquals(List.of("raised rulebook_rejected rules"), told());
    String standing = book.standing().toString();
    assertTrue(standing.contains("main.drl:3:7"), standing);
    alarms.tell(new Signal.CandidateWithdrawn(refused(Candidate.FOLDER)));
    assertEquals("cleared rulebook_rejected rules", told().get(1));
  }

  private Candidate refused(String name) {
    var flaw = new RuleFlaw("main.drl", 3, 7, "West", "no field of this name", "");
    return new Candidate(
        name,
        new RuleVersion(new RuleFiles(Map.of("main.drl", "rule")), Map.of()),
        timers.now(),
        Candidate.State.REFUSED,
        timers.now(),
        List.of(flaw),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void aJournalThatTakesNoWriteIsTold() {
    alarms.journal(new IllegalStateException("disk full"));
    assertEquals(List.of("raised journal_failing "), told());
    alarms.journal(null);
    assertEquals("cleared journal_failing ", told().get(1));
  }

  private void attempt(Outcome outcome) {
    Entry accepted = Entry.accepted("id", Samples.lead("7"), 1, timers.now());
    alarms.tell(new Signal.Attempted(accepted, outcome, Duration.ZERO));
  }

  private Publication publication(Publication.How how) {
    return new Publication("hash", timers.now(), how, null, null);
  }

  private static TerritorySnapshot snapshot() {
    return new TerritorySnapshot(List.of(), Flag.YES);
  }

  private AuditReport report(List<AuditFinding> findings) {
    return new AuditReport(
        "audit-1",
        "2026-01-15",
        AuditReport.Trigger.SCHEDULED,
        timers.now(),
        timers.now(),
        "snapshot",
        timers.now(),
        "rulebook",
        null,
        1,
        1,
        0,
        findings,
        List.of());
  }
}
