package io.bailiwick.drools;

import io.bailiwick.drools.Objections.Objection;
import io.bailiwick.drools.facts.WaitingLimits.Held;
import io.bailiwick.drools.facts.WaitingLimits.Limit;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Decision.Action;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Receipt;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Receipt.Waited;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.Waiting;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What becomes of a lead that would wait on though a limit of {@code waiting.yaml} has passed: it
 * is told of, or goes to the territory that the limit names where that is ready. Pure: the same
 * waiting gives the same decision.
 */
record Patience(Verdict verdict, TerritorySnapshot snapshot, Instant at) {

  /** In place of what the rules said; no engine is left to ask readiness rules. */
  Decision of(Decision ruled, Waiting waiting) {
    Held held = held(ruled, waiting);
    return held == null ? ruled : told(ruled, waiting, limits(held), null);
  }

  /** In place of what the rules said. */
  Decision of(Decision ruled, Waiting waiting, Verdict.Hearing hearing) throws Session.Broken {
    Held held = held(ruled, waiting);
    if (held == null) {
      return ruled;
    }
    List<Limit> limits = limits(held);
    Limit fallback =
        limits.stream()
            .filter(limit -> limit.fallback() != null && limit.hasPassed(waiting.since(), at))
            .findFirst()
            .orElse(null);
    if (fallback == null || Objects.equals(fallback.fallback(), held.territory())) {
      return told(ruled, waiting, limits, null);
    }
    Territory to = named(String.valueOf(fallback.fallback()));
    var placement = verdict.placements().of(to, snapshot.permitted(), at);
    List<Objection> objections = Objections.of(hearing.readiness(placement), verdict.rules(), at);
    String blocker =
        !objections.isEmpty()
            ? objections.get(0).blocker()
            : to.listed() ? null : Blocker.NOT_FOUND.word();
    return blocker == null
        ? sent(ruled, waiting, fallback, to)
        : told(
            ruled,
            waiting,
            limits,
            "\"%s\" is not ready either (%s)".formatted(to.name(), blocker));
  }

  /** What it waits for; null where it would not wait. */
  private @Nullable Held held(Decision ruled, Waiting waiting) {
    TerritoryRef territory = ruled.territory();
    String name = territory == null ? null : territory.name();
    if (verdict.limits().isEmpty() || ruled.action() == Action.GIVE_UP) {
      return null;
    }
    if (waiting.untouched()) {
      return new Held(null, null, waiting.territory());
    }
    QueueReason reason = ruled.reason();
    if (reason != null) {
      return new Held(reason, ruled.blocker(), name);
    }
    // The rules said assign, as before; whether it can leave the queue is the CRM's word.
    QueueReason before = waiting.reason();
    boolean refused =
        before == QueueReason.TERRITORY_NOT_READY
            && Blocker.REFUSED.word().equals(waiting.blocker())
            && Objects.equals(name, waiting.territory());
    boolean unavailable = before == QueueReason.CRM_UNAVAILABLE || before == QueueReason.CRM_PAUSED;
    return refused || unavailable ? new Held(before, waiting.blocker(), name) : null;
  }

  private List<Limit> limits(Held held) {
    return verdict.limits().of(held);
  }

  private Decision sent(Decision ruled, Waiting waiting, Limit limit, Territory to) {
    RuleHit hit = limit.hit(to.name());
    TerritoryRef from = waiting.untouched() ? null : ruled.territory();
    String instead = from == null ? "" : " in place of \"" + from.name() + "\"";
    String sentence =
        waits(waiting, limit)
            + ": limit \"%s\" (%s) sends it to \"%s\"%s"
                .formatted(hit.rule(), hit.place(), to.name(), instead);
    Receipt receipt =
        ruled.receipt().waited(new Waited(waiting, hit, null), sentence(ruled, sentence));
    return Decision.assign(to.ref(), receipt);
  }

  /** It waits on, or is tried again; that it waits too long stands in the receipt. */
  private Decision told(
      Decision ruled, Waiting waiting, List<Limit> limits, @Nullable String besides) {
    if (limits.isEmpty()) {
      return ruled;
    }
    Limit passed =
        limits.stream()
            .filter(limit -> !limit.asksAgain() && limit.hasPassed(waiting.since(), at))
            .max(Comparator.comparing(Limit::after))
            .orElse(null);
    Instant next =
        limits.stream()
            .map(limit -> limit.next(waiting.since(), at))
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    RuleHit hit = passed == null ? null : passed.hit(null);
    String sentence =
        passed == null || hit == null
            ? null
            : waits(waiting, passed) + ": limit \"%s\" (%s)".formatted(passed.name(), hit.place());
    String whole = besides == null ? sentence : sentence + "; " + besides;
    Receipt receipt =
        ruled.receipt().waited(new Waited(waiting, hit, next), sentence(ruled, whole));
    return new Decision(
        ruled.action(),
        ruled.territory(),
        ruled.reason(),
        ruled.blocker(),
        ruled.lookAgain(),
        receipt);
  }

  private static String waits(Waiting waiting, Limit limit) {
    String told =
        waiting.untouched()
            ? "nobody has worked on it in \"" + waiting.territory() + "\""
            : "it waits";
    return "%s since %s, longer than %s".formatted(told, waiting.since(), limit.told());
  }

  private static @Nullable String sentence(Decision ruled, @Nullable String more) {
    String before = ruled.receipt().detail();
    return before == null ? more : more == null ? before : before + "; " + more;
  }

  private Territory named(String name) {
    Territory found = snapshot.named(name);
    return found == null ? Territory.missing(name) : found;
  }
}
