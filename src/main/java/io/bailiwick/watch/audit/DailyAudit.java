package io.bailiwick.watch.audit;

import io.bailiwick.flow.AuditBook;
import io.bailiwick.flow.AuditBook.Claimed;
import io.bailiwick.flow.LeadIds;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.flow.Timers;
import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.AuditReport.Trigger;
import io.bailiwick.lead.Nullable;
import io.bailiwick.watch.audit.AuditDays.Day;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Runs the audit of each local day once, whoever runs it and however often this process dies, and
 * one more whenever somebody asks. The day is claimed in the journal for the time of a lease, which
 * is prolonged while the audit runs; a claim whose holder died is taken up when it has ended. One
 * audit at a time runs here: who asks meanwhile gets that one's report. What was kept and not told
 * when a process ended is told by the next, so findings are told at least once. All calls but
 * {@link #start} and {@link #stop} from any thread; these two on the flow's.
 */
public final class DailyAudit {

  /** How long a claim holds without being prolonged. */
  static final Duration LEASE = Duration.ofMinutes(10);

  /** Later than this after its time, an audit catches up. */
  private static final Duration LATE = Duration.ofMinutes(10);

  /** When an audit that came to no end is tried again. */
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

  /** The longest sleep; bounds what a clock that was set back can do. */
  private static final Duration LONGEST_SLEEP = Duration.ofHours(6);

  /** Runs one audit; empty where its day turned out to be another's. */
  interface Work extends Function<AuditOrder, CompletionStage<Optional<AuditReport>>> {}

  private final Ports ports;
  private final Timers timers;
  private final AuditBook book;
  private final AuditDays days;
  private final Work work;
  private final LeadIds ids;
  private final String holder;
  private @Nullable Day dealtWith;
  private Timers.@Nullable Cancel sleep;
  private Timers.@Nullable Cancel renewal;
  private volatile @Nullable Running running;
  private volatile @Nullable Running last;
  private boolean stopped = true;

  /** Then nobody is to hear of what the end cut short: it is run after the next start. */
  private boolean ending;

  /**
   * An audit under way.
   *
   * @param report comes when it is in the journal; fails with what kept it from it
   */
  public record Running(AuditOrder order, CompletableFuture<AuditReport> report) {}

  /** Draws ids from {@code random}, which must bear any thread. */
  public DailyAudit(AuditParts parts, AuditSettings settings, RandomGenerator random) {
    this(
        parts.ports(),
        settings.days(),
        order -> new AuditRun(parts, settings, order).run(),
        random);
  }

  DailyAudit(Ports ports, AuditDays days, Work work, RandomGenerator random) {
    this.ports = ports;
    this.timers = ports.timers();
    this.book = ports.journal().audits();
    this.days = days;
    this.work = work;
    this.ids = new LeadIds(timers::now, random);
    this.holder = ids.next();
  }

  /** Looks whether an audit is due, now and from now on. */
  public void start() {
    stopped = false;
    book.untold()
        .whenCompleteAsync(
            (report, failure) -> {
              if (failure != null) {
                ports.signals().tell(new Signal.Trouble("untold findings stay untold", failure));
              } else {
                report.ifPresent(this::tell);
              }
              look();
            },
            timers);
  }

  /** Begins no more audits; one under way is left to end. */
  public void stop() {
    stopped = true;
    ending = true;
    cancel(sleep);
    cancel(renewal);
  }

  /** Runs an audit now, or joins the one under way; any thread may ask. */
  public CompletionStage<Running> ask() {
    return CompletableFuture.supplyAsync(
        () -> {
          Running now = running;
          return now == null ? begin(null, Trigger.ASKED) : now;
        },
        timers);
  }

  /** The audit under way; empty where none is. Any thread may ask. */
  public Optional<Running> running() {
    return Optional.ofNullable(running);
  }

  /** The audit of that id, where it is under way or the last that ended. Any thread may ask. */
  public Optional<Running> known(String id) {
    return Stream.of(running(), Optional.ofNullable(last))
        .flatMap(Optional::stream)
        .filter(one -> one.order().id().equals(id))
        .findFirst();
  }

  private void look() {
    if (stopped || running != null) {
      return;
    }
    Instant now = timers.now();
    Day day = days.last(now);
    Day done = dealtWith;
    if (done != null && !done.date().isBefore(day.date())) {
      sleepUntil(days.after(done).due());
      return;
    }
    claim(day)
        .whenCompleteAsync(
            (claimed, failure) -> {
              if (failure == null) {
                claimed(day, claimed);
              } else {
                failed("the journal could not say whose the audit is", failure);
              }
            },
            timers);
  }

  private CompletionStage<Claimed> claim(Day day) {
    Instant now = timers.now();
    return book.claim(day.date().toString(), holder, now, now.plus(LEASE));
  }

  private void claimed(Day day, Claimed claimed) {
    switch (claimed.claim()) {
      case DONE -> {
        dealtWith = day;
        sleepUntil(days.after(day).due());
      }
      case HELD -> sleepUntil(claimed.until() == null ? timers.now() : claimed.until());
      case TAKEN -> {
        if (stopped || running != null) {
          // Asked for meanwhile; the day is still ours when that one has ended.
          return;
        }
        missed(claimed.lastDay(), day);
        boolean late = timers.now().isAfter(day.due().plus(LATE));
        begin(day, late ? Trigger.CATCH_UP : Trigger.SCHEDULED);
      }
    }
  }

  /** Days between the last audit and this one had none. */
  private void missed(@Nullable String lastDay, Day day) {
    if (lastDay != null) {
      LocalDate first = LocalDate.parse(lastDay).plusDays(1);
      long between = days.between(first, day);
      if (between > 0) {
        String last = day.date().minusDays(1).toString();
        ports.signals().tell(new Signal.AuditMissed(first.toString(), last, (int) between));
      }
    }
  }

  private Running begin(@Nullable Day day, Trigger trigger) {
    String date = day == null ? null : day.date().toString();
    var order = new AuditOrder(ids.next(), date, trigger, timers.now(), holder);
    var begun = new Running(order, new CompletableFuture<>());
    running = begun;
    if (day != null) {
      prolong(day);
    }
    CompletableFuture.completedStage(order)
        .thenCompose(work)
        .whenCompleteAsync(
            (report, failure) ->
                ended(begun, day, failure == null ? report.orElse(null) : null, failure),
            timers);
    return begun;
  }

  private void prolong(Day day) {
    renewal =
        timers.after(
            LEASE.dividedBy(3),
            () -> {
              // Where it fails, the lease may end, and the report is then not kept.
              claim(day);
              prolong(day);
            });
  }

  private void ended(
      Running ended, @Nullable Day day, @Nullable AuditReport report, @Nullable Throwable failure) {
    cancel(renewal);
    last = ended;
    running = null;
    if (report != null) {
      dealtWith = day == null ? dealtWith : day;
      tell(report);
      ended.report().complete(report);
      look();
    } else {
      Throwable why =
          failure == null ? new IllegalStateException("another instance ran it") : failure;
      if (failure == null) {
        look();
      } else {
        failed("the audit came to no end", failure);
      }
      ended.report().completeExceptionally(why);
    }
  }

  private void tell(AuditReport report) {
    ports.signals().tell(new Signal.AuditFinished(report));
    for (AuditFinding finding : report.findings()) {
      ports
          .signals()
          .tell(
              switch (finding.news()) {
                case NEW -> new Signal.FindingNew(finding, report);
                case STILL -> new Signal.FindingStill(finding, report);
                case CLEARED -> new Signal.FindingCleared(finding, report);
              });
    }
    book.told(report.id())
        .whenCompleteAsync(
            (done, failure) -> {
              if (failure != null) {
                String what = "the audit's findings may be told again after a restart";
                ports.signals().tell(new Signal.Trouble(what, failure));
              }
            },
            timers);
  }

  private void failed(String what, Throwable failure) {
    if (ending) {
      return;
    }
    Instant again = timers.now().plus(AFTER_FAILURE);
    ports.signals().tell(new Signal.Trouble(what, failure));
    ports.signals().tell(new Signal.AuditFailed(what, stopped ? null : again));
    sleepUntil(again);
  }

  private void sleepUntil(Instant at) {
    if (stopped) {
      return;
    }
    cancel(sleep);
    Duration wait = Duration.between(timers.now(), at).plusMillis(1);
    Duration bounded = wait.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : wait;
    sleep = timers.after(bounded.isNegative() ? Duration.ZERO : bounded, this::look);
  }

  private static void cancel(Timers.@Nullable Cancel pending) {
    if (pending != null) {
      pending.cancel();
    }
  }
}
