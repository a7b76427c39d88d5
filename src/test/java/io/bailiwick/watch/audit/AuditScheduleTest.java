package io.bailiwick.watch.audit;

import static java.time.temporal.ChronoUnit.MINUTES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.AuditBook.Kept;
import io.bailiwick.flow.Crm;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.AuditReport.Trigger;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.sandbox.SandboxCrm;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.sandbox.SandboxSettings;
import io.bailiwick.store.MemoryJournal;
import io.bailiwick.watch.audit.DailyAudit.Running;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When audits run: each local day once, whatever clocks, processes and instances do. */
class AuditScheduleTest {

  private static final Instant BEGIN = Instant.parse("2010-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2020-01-01T00:00:00Z");

  private final VirtualTimers world = new VirtualTimers(BEGIN);
  private final MemoryJournal journal = new MemoryJournal();
  private final List<AuditReport> reports = new ArrayList<>();
  private final List<Signal> others = new ArrayList<>();
  private Duration takes = Duration.ZERO;
  private long begun;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "Europe/Berlin",
        "Europe/London",
        "Europe/Moscow",
        "America/New_York",
        "America/Los_Angeles",
        "America/Sao_Paulo",
        "America/Caracas",
        "America/St_Johns",
        "Africa/Casablanca",
        "Africa/Cairo",
        "Asia/Gaza",
        "Asia/Tehran",
        "Asia/Kathmandu",
        "Asia/Pyongyang",
        "Asia/Tokyo",
        "Australia/Lord_Howe",
        "Antarctica/Troll",
        "Pacific/Chatham",
        "Pacific/Apia"
      })
  void everyLocalDayOfTenYearsHasExactlyOneAudit(String name) {
    ZoneId zone = ZoneId.of(name);
    for (String at : List.of("02:00", "00:00", "23:45")) {
      reports.clear();
      var fresh = new AuditScheduleTest();
      fresh.start(zone, at);
      fresh.world.runUntil(END);
      Set<String> days = daysOf(zone);
      Set<String> none = new TreeSet<>(days);
      List<String> odd = new ArrayList<>();
      for (AuditReport report : fresh.reports) {
        // Of the first and the last day, the time may lie outside of the ten years.
        boolean edge = report.day().startsWith("2009") || report.day().startsWith("2020");
        if (!none.remove(report.day()) && !edge) {
          odd.add(report.day() + " has two, or does not exist");
        }
      }
      none.removeAll(List.of("2009-12-31", "2010-01-01", "2019-12-31", "2020-01-01"));
      assertEquals(List.of(), odd, at);
      assertEquals(Set.of(), none, at + ": days without");
      assertTrue(days.size() > 3_640, "ten years of days");
      assertEquals(List.of(), fresh.others);
      for (AuditReport report : fresh.reports.subList(1, fresh.reports.size())) {
        assertEquals(Trigger.SCHEDULED, report.trigger(), report.day());
        var local = report.startedAt().atZone(zone);
        boolean onTime = local.toLocalTime().truncatedTo(MINUTES).equals(LocalTime.parse(at));
        assertTrue(onTime || jumps(zone, report.startedAt()), report.day() + " at " + local);
      }
    }
  }

  @Test
  void severalInstancesThatDieAndComeBackRunOneAuditADay() {
    var random = new Random(7);
    ZoneId zone = ZoneId.of("Europe/Berlin");
    takes = Duration.ofMinutes(20);
    Life steady = start(zone, "02:00");
    Life frail = start(zone, "02:00");
    for (int day = 0; day < 730; day++) {
      // At some moment within the audit of the day, and anywhere else in it.
      Instant audit = BEGIN.plus(Duration.ofDays(day)).plusSeconds(random.nextInt(7_600));
      world.runUntil(audit);
      if (random.nextBoolean()) {
        frail.kill();
        frail = start(zone, "02:00");
      } else {
        steady.kill();
        steady = start(zone, "02:00");
      }
    }
    world.runUntil(BEGIN.plus(Duration.ofDays(731)));
    List<String> days = reports.stream().map(AuditReport::day).toList();
    assertEquals(new HashSet<>(days).size(), days.size(), "none twice");
    assertEquals(732, days.size(), "that of the day before the first, too");
    assertTrue(begun > reports.size() + 20, "some died under way: " + begun);
    assertEquals(
        reports.stream().map(AuditReport::id).toList(),
        reports.stream().map(AuditReport::id).distinct().toList());
    for (int i = 1; i < reports.size(); i++) {
      assertEquals(reports.get(i - 1).id(), reports.get(i).comparedWith());
    }
  }

  @Test
  void anAuditThatWasKilledUnderWayIsTakenUpWhenItsLeaseHasEnded() {
    ZoneId zone = ZoneId.of("UTC");
    takes = Duration.ofMinutes(30);
    Life first = start(zone, "02:00");
    world.runUntil(BEGIN.plus(Duration.ofHours(3)));
    reports.clear();
    // It began at 02:00 and was alive, prolonging its lease, until 02:20.
    world.runUntil(BEGIN.plus(Duration.ofHours(26)).plus(Duration.ofMinutes(20)));
    first.kill();
    start(zone, "02:00");
    world.runUntil(BEGIN.plus(Duration.ofHours(26)).plus(Duration.ofMinutes(55)));
    assertEquals(List.of(), reports);
    world.runUntil(BEGIN.plus(Duration.ofHours(28)));
    assertEquals(List.of("2010-01-02"), reports.stream().map(AuditReport::day).toList());
    assertEquals(Trigger.CATCH_UP, reports.get(0).trigger());
  }

  @Test
  void afterDowntimeOneAuditCatchesUpAndTheMissedDaysAreSaid() {
    ZoneId zone = ZoneId.of("America/New_York");
    Life first = start(zone, "02:00");
    world.runUntil(Instant.parse("2010-03-01T12:00:00Z"));
    first.kill();
    reports.clear();
    world.runUntil(Instant.parse("2010-03-20T12:00:00Z"));
    start(zone, "02:00");
    world.runUntil(Instant.parse("2010-03-20T13:00:00Z"));
    assertEquals(List.of("2010-03-20"), reports.stream().map(AuditReport::day).toList());
    assertEquals(Trigger.CATCH_UP, reports.get(0).trigger());
    assertEquals(List.of(new Signal.AuditMissed("2010-03-02", "2010-03-19", 18)), others);
  }

  @Test
  void anAuditThatFailsIsSaidAndTriedAgainUntilTheDayHasOne() {
    takes = null;
    start(ZoneId.of("UTC"), "02:00");
    world.runUntil(BEGIN.plus(Duration.ofMinutes(12)));
    assertEquals(List.of(), reports);
    Instant again = BEGIN.plus(Duration.ofMinutes(5));
    var failed = new Signal.AuditFailed("the audit came to no end", again);
    assertEquals(failed, others.get(1));
    takes = Duration.ZERO;
    world.runUntil(BEGIN.plus(Duration.ofMinutes(20)));
    assertEquals(List.of("2009-12-31"), reports.stream().map(AuditReport::day).toList());
  }

  @Test
  void anAuditThatTheEndOfTheServiceCutsShortIsNoTroubleOfAnybodys() {
    var life = new Life(world);
    var journalGone = new CompletableFuture<Optional<AuditReport>>();
    DailyAudit audit = audit(ZoneId.of("UTC"), "02:00", life, order -> journalGone);
    life.execute(audit::start);
    world.runUntil(BEGIN.plusSeconds(1));
    Running cut = audit.running().orElseThrow();
    audit.stop();
    journalGone.completeExceptionally(new IllegalStateException("the journal is closed"));
    world.runUntil(BEGIN.plusSeconds(60));
    assertTrue(cut.report().isCompletedExceptionally(), "who waits for it hears so");
    assertEquals(List.of(), others);
  }

  @Test
  void whatWasKeptAndNotToldWhenAProcessDiedIsToldByTheNext() {
    journal.audits().claim("2009-12-31", "dead", BEGIN, BEGIN.plusSeconds(1));
    keep(new AuditOrder("1", "2009-12-31", Trigger.SCHEDULED, BEGIN, "dead"));
    assertEquals(List.of(), reports);
    start(ZoneId.of("UTC"), "02:00");
    world.runUntil(BEGIN.plusSeconds(60));
    assertEquals(List.of("1"), reports.stream().map(AuditReport::id).toList());
    start(ZoneId.of("UTC"), "02:00");
    world.runUntil(BEGIN.plusSeconds(120));
    assertEquals(1, reports.size(), "and only by that one");
  }

  @Test
  void whoAsksWhileAnAuditRunsGetsThatOnesReport() {
    takes = Duration.ofMinutes(1);
    DailyAudit audit = audit(ZoneId.of("UTC"), "02:00", new Life(world));
    var first = audit.ask().toCompletableFuture();
    var second = audit.ask().toCompletableFuture();
    world.runUntil(BEGIN.plusSeconds(1));
    assertEquals(first.join(), second.join());
    assertTrue(audit.running().isPresent());
    world.runUntil(BEGIN.plusSeconds(90));
    assertEquals(reports.get(0), first.join().report().join());
    assertEquals(Trigger.ASKED, reports.get(0).trigger());
    assertTrue(audit.running().isEmpty());
  }

  private Life start(ZoneId zone, String at) {
    var life = new Life(world);
    DailyAudit audit = audit(zone, at, life);
    life.execute(audit::start);
    return life;
  }

  private DailyAudit audit(ZoneId zone, String at, Life life) {
    return audit(zone, at, life, order -> run(order, life));
  }

  private DailyAudit audit(ZoneId zone, String at, Life life, DailyAudit.Work work) {
    var model =
        new SandboxModel(
            SandboxSettings.STANDARD,
            new TerritoryReading(List.of(), Set.of(), Flag.YES),
            "9",
            world);
    Crm crm = new SandboxCrm(model, life, Duration.ofSeconds(30));
    var ports = new Ports(journal, crm, life, this::hear);
    return new DailyAudit(
        ports,
        new AuditDays(LocalTime.parse(at), zone),
        work,
        new Random(world.now().getEpochSecond() + begun));
  }

  private void hear(Signal signal) {
    if (signal instanceof Signal.AuditFinished finished) {
      reports.add(finished.report());
    } else {
      others.add(signal);
    }
  }

  /** An audit that finds nothing and takes its time. */
  private CompletionStage<Optional<AuditReport>> run(AuditOrder order, Life life) {
    begun++;
    if (takes == null) {
      return CompletableFuture.failedStage(new IllegalStateException("the disk is full"));
    }
    var done = new CompletableFuture<Optional<AuditReport>>();
    life.after(takes, () -> done.complete(keep(order)));
    return done;
  }

  private Optional<AuditReport> keep(AuditOrder order) {
    var book = journal.audits();
    String last =
        book.latest(1).toCompletableFuture().join().stream()
            .findFirst()
            .map(AuditReport::id)
            .orElse(null);
    var report =
        new AuditReport(
            order.id(),
            order.day(),
            order.trigger(),
            order.startedAt(),
            world.now(),
            null,
            null,
            "rules",
            last,
            0,
            0,
            0,
            List.of(),
            List.of());
    Kept kept = book.keep(report, order.holder()).toCompletableFuture().join();
    return kept == Kept.KEPT ? Optional.of(report) : Optional.empty();
  }

  /** The local dates there were, by looking at each hour. */
  private static Set<String> daysOf(ZoneId zone) {
    Set<String> days = new TreeSet<>();
    for (Instant now = BEGIN; now.isBefore(END); now = now.plusSeconds(3_600)) {
      days.add(now.atZone(zone).toLocalDate().toString());
    }
    return days;
  }

  private static boolean jumps(ZoneId zone, Instant at) {
    var before = zone.getRules().getOffset(at.minusSeconds(2));
    return !before.equals(zone.getRules().getOffset(at));
  }
}
