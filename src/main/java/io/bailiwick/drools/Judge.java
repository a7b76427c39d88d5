package io.bailiwick.drools;

import io.bailiwick.drools.Objections.Objection;
import io.bailiwick.drools.Proposals.Proposal;
import io.bailiwick.drools.Route.Said;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Decision.Action;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Placement;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.List;

/**
 * Decides one lead after another in one long-lived session. Used by one thread at a time. A rule
 * that throws or fires without end costs the session, which is made anew, and never another lead.
 */
final class Judge implements AutoCloseable {

  private final Compiled compiled;
  private final JudgeSettings settings;
  private volatile @Nullable Session session;

  Judge(Compiled compiled, JudgeSettings settings) {
    this.compiled = compiled;
    this.settings = settings;
  }

  /** The decision; a broken rule is one too. */
  Decision decide(Lead lead, TerritorySnapshot snapshot, Instant at) {
    var draft = new ReceiptDraft(lead, snapshot, at);
    try {
      return decide(lead, snapshot, at, draft);
    } catch (Session.Broken broken) {
      close();
      return queue(QueueReason.RULE_ERROR, draft.detail(broken.told()));
    }
  }

  /** Whether a session is there and holds these territories. */
  boolean holds(TerritorySnapshot snapshot) {
    Session open = session;
    return open != null && open.holds(snapshot);
  }

  /** What is decided in place of a judgement that did not end; another thread asks. */
  Decision giveUp(Lead lead, TerritorySnapshot snapshot, Instant at) {
    Session open = session;
    String last = open == null ? "" : ", the last rule to fire was " + open.lastFired();
    return Decision.giveUp(
        new ReceiptDraft(lead, snapshot, at)
            .detail("judging did not end within " + settings.deadline() + last)
            .receipt(compiled.hash(), settings.version()));
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  private Decision decide(Lead lead, TerritorySnapshot snapshot, Instant at, ReceiptDraft draft)
      throws Session.Broken {
    Session open = session();
    open.hold(snapshot);
    try (var judged = open.put(lead, at)) {
      var proposals = Proposals.of(judged.fire(), compiled.rules(), at);
      draft.proposals(proposals);
      if (proposals.isAmbiguous()) {
        return queue(QueueReason.AMBIGUOUS, draft.detail(proposals.ambiguity()));
      }
      Proposal winner = proposals.winner();
      if (winner == null) {
        return queue(QueueReason.NO_MATCH, draft);
      }
      Territory territory = winner.territory();
      if (territory == null) {
        return queueByRule(winner, draft);
      }
      var placement = Placement.of(territory, snapshot.permitted(), at, settings.propagation());
      return place(territory, placement, open.saidOf(placement), draft, at);
    }
  }

  private Decision place(
      Territory territory, Placement placement, List<Said> said, ReceiptDraft draft, Instant at) {
    List<Objection> objections = Objections.of(said, compiled.rules(), at);
    if (!objections.isEmpty()) {
      Objection told = objections.get(0);
      draft.readiness(told.hit(), Objections.blockers(objections));
      return new Decision(
          Action.QUEUE,
          territory.ref(),
          told.reason(),
          told.blocker(),
          lookAgain(told, placement),
          draft.receipt(compiled.hash(), settings.version()));
    }
    if (!territory.listed()) {
      String blocker = Blocker.NOT_FOUND.word();
      draft
          .readiness(null, List.of(blocker))
          .detail("no readiness rule queued it, but the CRM lists no territory of this name");
      return new Decision(
          Action.QUEUE,
          territory.ref(),
          QueueReason.TERRITORY_NOT_READY,
          blocker,
          null,
          draft.receipt(compiled.hash(), settings.version()));
    }
    return Decision.assign(territory.ref(), draft.receipt(compiled.hash(), settings.version()));
  }

  private static @Nullable Instant lookAgain(Objection told, Placement placement) {
    boolean propagating =
        told.reason() == QueueReason.TERRITORY_NOT_READY
            && told.blocker().equals(Blocker.PROPAGATING.word());
    return told.until() == null && propagating ? placement.readyAt() : told.until();
  }

  private Decision queueByRule(Proposal winner, ReceiptDraft draft) {
    String blocker = String.valueOf(winner.blocker());
    draft.readiness(null, List.of(blocker));
    return new Decision(
        Action.QUEUE,
        null,
        QueueReason.BY_RULE,
        blocker,
        winner.until(),
        draft.receipt(compiled.hash(), settings.version()));
  }

  private Decision queue(QueueReason reason, ReceiptDraft draft) {
    return Decision.queue(reason, draft.receipt(compiled.hash(), settings.version()));
  }

  private Session session() {
    Session open = session;
    if (open == null) {
      open = new Session(compiled, settings.fireLimit());
      session = open;
    }
    return open;
  }
}
