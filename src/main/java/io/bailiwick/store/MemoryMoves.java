package io.bailiwick.store;

import io.bailiwick.flow.Journal.Claim;
import io.bailiwick.flow.Journal.Claimed;
import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.store.DecisionFence.Standing;
import io.bailiwick.store.MemoryLeads.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * How the leads of {@link MemoryJournal} are claimed and moved. Its caller sees to one thread at a
 * time.
 */
final class MemoryMoves {

  private final MemoryLeads leads;
  private final MemoryClaims claims;
  private final MemoryVersions versions;
  private final Consumer<Move> recorded;

  /** {@code recorded} is told each move as it is written. */
  MemoryMoves(
      MemoryLeads leads, MemoryClaims claims, MemoryVersions versions, Consumer<Move> recorded) {
    this.leads = leads;
    this.claims = claims;
    this.versions = versions;
    this.recorded = recorded;
  }

  Claimed claim(Work work, Instant at, int limit) {
    if (work != Work.SEND && !claims.standing().follows(versions.latest())) {
      return new Claimed(List.of(), null);
    }
    List<Claim> taken =
        leads.due(work, at, limit, claims).stream()
            .map(row -> new Claim(row.entry, leads.newer(row)))
            .toList();
    taken.forEach(claim -> claims.claim(claim.entry().id()));
    return new Claimed(taken, next(work, at));
  }

  /** When the next falls due, or is nobody's any more though it is due. */
  private @Nullable Instant next(Work work, Instant at) {
    Instant next = null;
    for (Row row : leads.underWay()) {
      Instant then = row.isDue(at) ? claims.until(row.entry.id(), at) : row.due();
      if (row.is(work) && then != null && (next == null || then.isBefore(next))) {
        next = then;
      }
    }
    return next;
  }

  /** A lead that has moved since is left: a claim of it is another one. */
  void release(Entry claimed) {
    if (leads.row(claimed.id()).entry.version() == claimed.version()) {
      claims.release(claimed.id());
    }
  }

  /** {@code latest} is what decisions go by, where instances share it; null for any. */
  List<Recorded> record(List<Move> moves, @Nullable Standing latest) {
    List<Recorded> answers = new ArrayList<>();
    for (List<Move> steps : Move.byLead(moves)) {
      if (latest != null && claims.standing().judges() && latest.refuses(steps.get(0))) {
        release(steps.get(0).before());
        answers.addAll(Collections.nCopies(steps.size(), new Recorded(false, null)));
      } else {
        answers.addAll(apply(steps));
      }
    }
    return answers;
  }

  /** Of steps that follow each other, all are written or none. */
  private List<Recorded> apply(List<Move> steps) {
    List<Recorded> answers = new ArrayList<>(steps.size());
    boolean applied = true;
    for (Move move : steps) {
      applied = applied && leads.apply(move);
      answers.add(new Recorded(applied, leads.newer(leads.row(move.after().id()))));
      if (applied) {
        recorded.accept(move);
      }
    }
    claims.moved(steps.get(0).before(), steps.get(steps.size() - 1).after(), applied);
    return answers;
  }
}
