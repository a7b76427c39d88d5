package io.bailiwick.flow;

import io.bailiwick.flow.JobBook.Change;
import io.bailiwick.flow.JobBook.Changes;
import io.bailiwick.flow.JobBook.Step;
import io.bailiwick.flow.JournalReader.Page;
import io.bailiwick.flow.Realignment.Moving;
import io.bailiwick.flow.Realignment.Weighed;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Job;
import io.bailiwick.lead.Job.Left;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Realigned;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TerritoryRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** What the next step of a job is: which leads it moves, and how. On the flow's thread. */
final class JobSteps {

  /**
   * One step.
   *
   * @param seconds over which its leads become due, so that they keep the job's pace
   */
  record Planned(Step step, int seconds) {}

  private final Ports ports;
  private final Realignment realignment;
  private final RandomGenerator random;

  JobSteps(Ports ports, Realignment realignment, RandomGenerator random) {
    this.ports = ports;
    this.realignment = realignment;
    this.random = random;
  }

  /** Empty where it cannot go on at this moment: territories unread, or a lead under way. */
  CompletionStage<Optional<Planned>> next(Job job) {
    return switch (job.kind()) {
      case RETRY, DECIDE ->
          page(job, job.perSecond())
              .thenApplyAsync(page -> Optional.of(again(job, page)), ports.timers());
      case REALIGN ->
          page(job, Math.max(job.perSecond(), Realignment.BATCH))
              .thenComposeAsync(page -> realign(job, page), ports.timers());
      case UNDO ->
          ports
              .journal()
              .jobs()
              .changes(String.valueOf(job.undoes()), job.cursor(), job.perSecond())
              .thenApplyAsync(changes -> undo(job, changes), ports.timers());
    };
  }

  private CompletionStage<Page> page(Job job, int limit) {
    return ports.journal().oldest(job.which(), job.cursor(), limit);
  }

  private Planned again(Job job, Page page) {
    Instant now = ports.timers().now();
    List<Move> moves = new ArrayList<>();
    for (Entry entry : page.entries()) {
      Instant at = within(1, now);
      moves.add(
          job.kind() == Job.Kind.RETRY
              ? new Move(entry, entry.retried(at, now), "retried by job " + job.id())
              : new Move(entry, entry.reconsidered(at, now), "re-decided by job " + job.id()));
    }
    return new Planned(new Step(job, moves, page.next()), 1);
  }

  private CompletionStage<Optional<Planned>> realign(Job job, Page page) {
    return realignment
        .weigh(page.entries(), ports.timers().now())
        .thenApplyAsync(
            weighed -> weighed.map(all -> realigned(job, all, page.next())), ports.timers());
  }

  private Planned realigned(Job job, Weighed weighed, @Nullable String next) {
    Instant now = ports.timers().now();
    int seconds = seconds(job, weighed.moving().size());
    List<Move> moves = new ArrayList<>();
    for (Moving one : weighed.moving()) {
      Entry entry = one.entry();
      String note = "realigned by job " + job.id() + ": " + way(entry, one.decision());
      moves.add(new Move(entry, entry.realigned(one.decision(), within(seconds, now), now), note));
    }
    return new Planned(new Step(job, moves, weighed.left(), next), seconds);
  }

  /**
   * What is being sent at this moment has first to come to its end; the step ends before it, and
   * there is none where it is the first.
   */
  private Optional<Planned> undo(Job job, Changes changes) {
    Instant now = ports.timers().now();
    List<Move> moves = new ArrayList<>();
    String behind = null;
    boolean more = changes.more();
    for (Change change : changes.changes()) {
      Entry entry = change.entry();
      if (underWay(entry)) {
        more = true;
        break;
      }
      behind = change.cursor();
      if (isWhereItWasPut(entry, change.realigned())) {
        Decision before = change.realigned().before();
        String note = "undone by job " + job.id() + ": back " + way(entry, before);
        moves.add(new Move(entry, entry.realigned(before, within(1, now), now), note));
      }
    }
    boolean stuck = more && behind == null;
    return stuck
        ? Optional.empty()
        : Optional.of(new Planned(new Step(job, moves, Left.NONE, more ? behind : null), 1));
  }

  private static boolean underWay(Entry entry) {
    return entry.previous() != null
        && (entry.stage() == Stage.SENDING || entry.stage() == Stage.DECIDED);
  }

  private static boolean isWhereItWasPut(Entry entry, Realigned change) {
    TerritoryRef has = entry.territory();
    boolean movable =
        entry.stage() == Stage.ASSIGNED
            || (entry.previous() != null
                && (entry.stage() == Stage.QUEUED || entry.stage() == Stage.PARKED));
    return movable && has != null && change.to().equals(has.id());
  }

  private static int seconds(Job job, int leads) {
    return Math.max(1, (leads + job.perSecond() - 1) / job.perSecond());
  }

  /** At some time within so many seconds, so that the leads do not leave all at once. */
  private Instant within(int seconds, Instant now) {
    return now.plusMillis((long) (random.nextDouble() * seconds * 1000));
  }

  private static String way(Entry entry, Decision to) {
    var hit = to.receipt().settledBy();
    return "\"%s\" → \"%s\"%s"
        .formatted(
            Realignment.name(entry.territory()),
            Realignment.name(to.territory()),
            hit == null ? "" : " by rule \"" + hit.rule() + "\" (" + hit.place() + ")");
  }
}
