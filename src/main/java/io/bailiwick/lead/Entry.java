package io.bailiwick.lead;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * One accepted lead and where it stands. Every legal move between stages is one method here; each
 * asserts the stage it leaves and throws IllegalStateException from any other, so that no lead can
 * take a way that nobody drew.
 *
 * @param version grows by one with each move; a write must name the version it saw
 * @param crmId the record's id in the CRM: what its source said or the CRM named; null before that
 * @param revision its place in the record's line of revisions; the highest wins
 * @param due when something is to be done with it; null at rest, unless it is to be looked at then
 * @param previous the decision that the CRM shows while another is on its way in its place; null
 *     where none is: whatever the record shows may be overwritten then
 * @param waitingSince when it was accepted, a person last took it up, or it was assigned
 * @param changedAt when it entered this stage or was last moved within it
 * @param written what the record may show because of us
 * @param origin how it came to us
 */
public record Entry(
    String id,
    long version,
    Lead lead,
    @Nullable String crmId,
    long revision,
    Instant acceptedAt,
    Stage stage,
    @Nullable Instant due,
    @Nullable QueueReason reason,
    @Nullable String blocker,
    @Nullable ParkReason parkReason,
    @Nullable String supersededBy,
    @Nullable Decision decision,
    @Nullable Decision previous,
    Attempts attempts,
    Instant waitingSince,
    Instant changedAt,
    Written written,
    Origin origin) {

  /** A lead that has just come in, nobody knows how; due at once. */
  public static Entry accepted(String id, Lead lead, long revision, Instant now) {
    return accepted(id, lead, revision, now, Origin.UNKNOWN);
  }

  /** A lead that has just come in; due at once. */
  public static Entry accepted(String id, Lead lead, long revision, Instant now, Origin origin) {
    return NextEntry.first(id, lead, revision, now, origin);
  }

  /**
   * The line of revisions it belongs to: one record of the CRM, named by module and id. Before the
   * CRM has named its record it is alone in a line of its own, whose name no record can have.
   */
  public String line() {
    return lead.module() + "/" + (crmId == null ? "+" + id : crmId);
  }

  /** The place in a trace of the request that brought it; null where it is in none. */
  public @Nullable TraceParent trace() {
    return origin.trace();
  }

  /** The rules said assign. */
  public Entry decided(Decision assign, Instant now) {
    leaving("decide", Stage.ACCEPTED, Stage.QUEUED);
    if (assign.action() != Decision.Action.ASSIGN) {
      throw new IllegalStateException(id + ": only an assign decision is DECIDED");
    }
    return moved(Stage.DECIDED, now).due(now).decision(assign).entry();
  }

  /** The rules said queue; {@code due} is when to look again if no event comes sooner. */
  public Entry queued(Decision queue, Instant due, Instant now) {
    leaving("queue", Stage.ACCEPTED, Stage.QUEUED);
    QueueReason why = queue.reason();
    if (why == null) {
      throw new IllegalStateException(id + ": only a queue decision is QUEUED");
    }
    Attempts kept = why == QueueReason.TERRITORY_NOT_READY ? attempts.notReady() : attempts;
    return moved(Stage.QUEUED, now)
        .due(due)
        .decision(queue)
        .reason(why, queue.blocker())
        .attempts(kept)
        .entry();
  }

  /** The bytes are about to leave; {@code checkAt} is when an unknown outcome must be looked up. */
  public Entry sending(Instant checkAt, Instant now) {
    leaving("send", Stage.DECIDED);
    Written after = crmId == null ? written : written.and(territory());
    return moved(Stage.SENDING, now).due(checkAt).written(after).entry();
  }

  /** The CRM made or found its record, of that id: the same decision is sent to it, due at once. */
  public Entry named(String record, Instant now) {
    leaving("name the record", Stage.SENDING);
    if (crmId != null) {
      throw new IllegalStateException(id + ": its record has a name");
    }
    return moved(Stage.DECIDED, now).due(now).crmId(record).attempts(Attempts.NONE).entry();
  }

  /** It takes this place among the revisions of its record; no move. */
  public Entry ranked(long place) {
    return NextEntry.unmoved(this, place, due, written);
  }

  /** The outcome is still not known; look at the record at {@code checkAt}. */
  public Entry unresolved(Instant checkAt, Attempts spent, Instant now) {
    leaving("check later", Stage.SENDING);
    return moved(Stage.SENDING, now).due(checkAt).attempts(spent).written(written).entry();
  }

  /** The CRM says that a job of its own writes it; look at the record at {@code checkAt}. */
  public Entry scheduled(Instant checkAt, Instant now) {
    leaving("wait for the CRM's job", Stage.SENDING);
    return moved(Stage.SENDING, now)
        .due(checkAt)
        .attempts(attempts.putOff())
        .written(written.scheduled(now))
        .entry();
  }

  /** The record was read and does not show the assignment: the same decision is sent again. */
  public Entry notWritten(Instant now) {
    leaving("send again", Stage.SENDING);
    return moved(Stage.DECIDED, now).due(now).attempts(attempts.failed(now)).entry();
  }

  /** The CRM has it. */
  public Entry assigned(Instant now) {
    leaving("assign", Stage.SENDING);
    return moved(Stage.ASSIGNED, now).previous(null).waitingFrom(now).entry();
  }

  /** It is looked at {@code due} whether anybody works on it; with null, not any more. */
  public Entry watched(@Nullable Instant due, Instant now) {
    leaving("watch", Stage.ASSIGNED);
    return moved(Stage.ASSIGNED, now).due(due).entry();
  }

  /**
   * Another decision takes the place of the one it was assigned by, or of one that is on its way in
   * such a place; it is sent at {@code due}, and only over what the record is known to show.
   */
  public Entry realigned(Decision assign, Instant due, Instant now) {
    leaving("realign", Stage.ASSIGNED, Stage.QUEUED, Stage.PARKED);
    if (decision == null || (stage != Stage.ASSIGNED && previous == null)) {
      throw new IllegalStateException(id + ": nothing of it is in the CRM yet");
    }
    return moved(Stage.DECIDED, now).due(due).decision(assign).previous(decision).anew().entry();
  }

  /** The record shows what a person wrote meanwhile: it is left as it is, and so is the lead. */
  public Entry leftAlone(Instant now) {
    leaving("leave alone", Stage.SENDING);
    if (previous == null) {
      throw new IllegalStateException(id + ": no decision was to be replaced");
    }
    return moved(Stage.ASSIGNED, now).decision(previous).previous(null).entry();
  }

  /** Waits for the CRM, with its decision kept if it has one. */
  public Entry postponed(QueueReason why, Instant due, Attempts spent, Instant now) {
    leaving("postpone", Stage.ACCEPTED, Stage.QUEUED, Stage.DECIDED, Stage.SENDING);
    return moved(Stage.QUEUED, now).due(due).reason(why, null).attempts(spent).entry();
  }

  /** The CRM says invalid territory; try again at {@code due}, or when the territory changes. */
  public Entry refused(Instant due, Instant now) {
    leaving("refuse", Stage.SENDING);
    return moved(Stage.QUEUED, now)
        .due(due)
        .reason(QueueReason.TERRITORY_NOT_READY, Blocker.REFUSED.word())
        .attempts(attempts.refused(now))
        .entry();
  }

  /** Becomes a dead letter. */
  public Entry parked(ParkReason why, Instant now) {
    leaving("park", Stage.ACCEPTED, Stage.QUEUED, Stage.DECIDED, Stage.SENDING);
    return moved(Stage.PARKED, now).parkReason(why).entry();
  }

  /** A higher revision took its place; a lead being sent must first come to an outcome. */
  public Entry supersededBy(String newer, Instant now) {
    leaving("supersede", Stage.ACCEPTED, Stage.QUEUED, Stage.DECIDED, Stage.ASSIGNED, Stage.PARKED);
    return moved(Stage.SUPERSEDED, now).supersededBy(newer).previous(null).entry();
  }

  /**
   * A person retries it: a dead letter with a decision is sent again, one without is judged; a
   * queued lead is due at {@code due}. Attempts start anew.
   */
  public Entry retried(Instant due, Instant now) {
    leaving("retry", Stage.PARKED, Stage.QUEUED);
    if (stage == Stage.QUEUED) {
      return moved(Stage.QUEUED, now).due(due).reason(reason, blocker).anew().entry();
    }
    boolean sendable = decision != null && decision.action() == Decision.Action.ASSIGN;
    return moved(sendable ? Stage.DECIDED : Stage.ACCEPTED, now).due(due).anew().entry();
  }

  /** A person has the rules asked again, at {@code due}, whatever was decided before. */
  public Entry reconsidered(Instant due, Instant now) {
    leaving("re-decide", Stage.PARKED, Stage.QUEUED);
    return moved(Stage.ACCEPTED, now).due(due).decision(null).anew().entry();
  }

  /** A person decides in place of the rules; it is sent like any other decision. */
  public Entry assignedByHand(Decision assign, Instant now) {
    leaving("assign by hand", Stage.PARKED, Stage.QUEUED);
    if (assign.receipt().by() == null) {
      throw new IllegalStateException(id + ": a decision by hand names who made it");
    }
    return moved(Stage.DECIDED, now).due(now).decision(assign).previous(null).anew().entry();
  }

  /** A person has done with it: no dead letter any more. */
  public Entry closed(Instant now) {
    leaving("close", Stage.PARKED, Stage.QUEUED);
    return moved(Stage.PARKED, now).parkReason(ParkReason.CLOSED).entry();
  }

  /**
   * Its values are gone, and what its decisions say in words; a lead being sent must first come to
   * an outcome.
   */
  public Entry erased(Instant now) {
    leaving(
        "erase",
        Stage.ACCEPTED,
        Stage.QUEUED,
        Stage.DECIDED,
        Stage.ASSIGNED,
        Stage.PARKED,
        Stage.SUPERSEDED);
    return moved(Stage.ERASED, now)
        .lead(lead.erased())
        .decision(decision == null ? null : decision.skeleton())
        .previous(previous == null ? null : previous.skeleton())
        .entry();
  }

  /** Something is to be done with it then; no move, so its stage and its version stay. */
  public Entry dueAt(Instant at) {
    return NextEntry.unmoved(this, revision, at, written);
  }

  /** It takes the place of an earlier revision, and so of what that one may have written. */
  public Entry after(Entry earlier) {
    return NextEntry.unmoved(this, revision, due, written.and(earlier.mayShow()));
  }

  /**
   * What the record may show because of us; of a lead that was assigned by an earlier Bailiwick,
   * which kept no such list, what its decisions name.
   */
  public Written mayShow() {
    Written all = written.and(previous == null ? null : previous.territory());
    return stage == Stage.ASSIGNED ? all.and(territory()) : all;
  }

  /** How long it waits, and what for. */
  public Waiting waiting() {
    TerritoryRef ref = territory();
    return stage == Stage.QUEUED
        ? new Waiting(waitingSince, reason, blocker, ref == null ? null : ref.name(), false)
        : new Waiting(waitingSince, null, null, null, false);
  }

  /** The limit of waiting that it has passed while it is queued; null where it has passed none. */
  public Receipt.@Nullable RuleHit overdue() {
    return stage == Stage.QUEUED && decision != null ? decision.receipt().overdue() : null;
  }

  /** The territory of its decision, or null where it has none. */
  public @Nullable TerritoryRef territory() {
    return decision == null ? null : decision.territory();
  }

  private void leaving(String event, Stage first, Stage... more) {
    Set<Stage> legal = EnumSet.of(first, more);
    if (!legal.contains(stage)) {
      throw new IllegalStateException(
          "%s: cannot %s a lead that is %s; legal from %s"
              .formatted(id, event, stage.status(), legal));
    }
  }

  /** The next state, in which nothing of the old stage's own facts is left. */
  private NextEntry moved(Stage to, Instant now) {
    return new NextEntry(this, to, now);
  }
}
