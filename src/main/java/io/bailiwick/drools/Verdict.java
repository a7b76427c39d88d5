package io.bailiwick.drools;

import io.bailiwick.drools.Objections.Objection;
import io.bailiwick.drools.Proposals.Proposal;
import io.bailiwick.drools.Route.Said;
import io.bailiwick.drools.facts.WaitingLimits;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.flow.Rulebook.Asked;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Decision.Action;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Placement;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.Waiting;
import java.time.Instant;
import java.util.List;

/**
 * Makes a decision of what rules say, however they are run: the routing rules propose, the
 * readiness rules object.
 *
 * @param rules by the numbers that what was said goes by
 * @param limits of how long a lead may wait
 * @param hash of the rulebook, for receipts
 * @param placements so one thread at a time
 */
record Verdict(
    List<CheckedRule> rules,
    WaitingLimits limits,
    String hash,
    JudgeSettings settings,
    Placements placements) {

  Verdict(List<CheckedRule> rules, WaitingLimits limits, String hash, JudgeSettings settings) {
    this(rules, limits, hash, settings, new Placements(settings.propagation()));
  }

  /** Lets the rules speak of one lead. */
  interface Hearing {

    /** What the routing rules say. */
    List<Said> routing() throws Session.Broken;

    /** What the readiness rules say of the territory that was chosen; asked after the routing. */
    List<Said> readiness(Placement placement) throws Session.Broken;
  }

  /** The decision; throws where a rule breaks, and is then asked what comes of that. */
  Decision of(Hearing hearing, Asked asked, TerritorySnapshot snapshot, Instant at)
      throws Session.Broken {
    Decision ruled = decide(hearing, snapshot, at, new ReceiptDraft(asked.lead(), snapshot, at));
    Waiting waiting = asked.waiting();
    return waiting == null ? ruled : new Patience(this, snapshot, at).of(ruled, waiting, hearing);
  }

  /** What is decided where rules broke; {@code hearing} may be asked of readiness alone. */
  Decision broken(
      Session.Broken broken, Hearing hearing, Asked asked, TerritorySnapshot snapshot, Instant at) {
    var draft = new ReceiptDraft(asked.lead(), snapshot, at).detail(broken.told());
    Decision ruled = queue(QueueReason.RULE_ERROR, draft);
    Waiting waiting = asked.waiting();
    try {
      return waiting == null ? ruled : new Patience(this, snapshot, at).of(ruled, waiting, hearing);
    } catch (Session.Broken again) {
      return new Patience(this, snapshot, at).of(ruled, waiting);
    }
  }

  private Decision decide(
      Hearing hearing, TerritorySnapshot snapshot, Instant at, ReceiptDraft draft)
      throws Session.Broken {
    var proposals = Proposals.of(hearing.routing(), rules, at);
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
    var placement = placements.of(territory, snapshot.permitted(), at);
    return place(territory, placement, hearing.readiness(placement), draft, at);
  }

  private Decision place(
      Territory territory, Placement placement, List<Said> said, ReceiptDraft draft, Instant at) {
    List<Objection> objections = Objections.of(said, rules, at);
    if (!objections.isEmpty()) {
      Objection told = objections.get(0);
      draft.readiness(told.hit(), Objections.blockers(objections));
      return new Decision(
          Action.QUEUE,
          territory.ref(),
          told.reason(),
          told.blocker(),
          lookAgain(told, placement),
          draft.receipt(hash, settings.version()));
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
          draft.receipt(hash, settings.version()));
    }
    return Decision.assign(territory.ref(), draft.receipt(hash, settings.version()));
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
        draft.receipt(hash, settings.version()));
  }

  private Decision queue(QueueReason reason, ReceiptDraft draft) {
    return Decision.queue(reason, draft.receipt(hash, settings.version()));
  }
}
