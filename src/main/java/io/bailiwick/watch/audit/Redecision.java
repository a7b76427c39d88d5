package io.bailiwick.watch.audit;

import io.bailiwick.flow.JournalReader;
import io.bailiwick.flow.JournalReader.Page;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Stages;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Staff;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Decides recorded leads again, as if the territories stayed as they are: those that were decided
 * to be assigned, each at the instant of its decision, a page at a time. Counts which would be
 * queued for a territory that is not ready. Its counting runs on the executor handed in.
 */
final class Redecision {

  private static final int PAGE = 500;

  /** Rules that do not end cost a thread each time. */
  private static final int MOST_ABANDONED = 3;

  /** A territory and what keeps leads from it. */
  private record Wait(String territory, Blocker blocker) {}

  /** What it came to; belongs to the executor until all is counted. */
  static final class Outcome {
    private final Map<Wait, Long> queued = new HashMap<>();
    private long decided;
    private int abandoned;

    long decided() {
      return decided;
    }

    boolean whole() {
      return abandoned < MOST_ABANDONED;
    }

    /** How many leads would be queued for this territory by this blocker among others. */
    long queued(String territory, Blocker blocker) {
      return queued.getOrDefault(new Wait(territory, blocker), 0L);
    }

    /** How many leads would be queued by this blocker among others, whatever the territory. */
    long queued(Blocker blocker) {
      return queued.entrySet().stream()
          .filter(entry -> entry.getKey().blocker() == blocker)
          .mapToLong(Map.Entry::getValue)
          .sum();
    }

    private void count(Decision again) {
      decided++;
      if (again.action() == Decision.Action.GIVE_UP) {
        abandoned++;
      }
      TerritoryRef territory = again.territory();
      if (territory != null && again.reason() == QueueReason.TERRITORY_NOT_READY) {
        for (String word : again.receipt().blockers()) {
          Blocker blocker = Blocker.ofWord(word);
          if (blocker != null) {
            queued.merge(new Wait(territory.name(), blocker), 1L, Long::sum);
          }
        }
      }
    }
  }

  private final JournalReader journal;
  private final Executor worker;
  private final Rulebook rulebook;
  private final TerritorySnapshot snapshot;
  private final Outcome outcome = new Outcome();
  private final CompletableFuture<Outcome> done = new CompletableFuture<>();

  Redecision(
      JournalReader journal, Executor worker, Rulebook rulebook, TerritorySnapshot snapshot) {
    this.journal = journal;
    this.worker = worker;
    this.rulebook = rulebook;
    this.snapshot = snapshot;
  }

  /** The leads accepted since then. */
  CompletionStage<Outcome> since(Instant from) {
    page(from, null);
    return done;
  }

  /**
   * The snapshot with the propagation of today at all times: an instant of last week would find a
   * territory of today not yet created, and one of last week's still new.
   */
  static TerritorySnapshot timeless(TerritorySnapshot snapshot, Instant now, Duration propagation) {
    return new TerritorySnapshot(
        snapshot.territories().stream()
            .map(t -> at(t, now.isBefore(t.since().plus(propagation)) ? now : Instant.EPOCH))
            .toList(),
        snapshot.permitted());
  }

  private static Territory at(Territory t, Instant created) {
    return new Territory(
        t.id(),
        t.name(),
        t.parentId(),
        t.manager(),
        t.active(),
        t.apiEnabled(),
        created,
        t.seenAt(),
        Staff.UNKNOWN,
        t.member(),
        t.listed());
  }

  /** One after another; the last one ends it. */
  private void page(Instant from, @Nullable String cursor) {
    journal
        .since(from, cursor, PAGE)
        .thenComposeAsync(this::decided, worker)
        .whenCompleteAsync(
            (page, failure) -> {
              if (failure != null) {
                done.completeExceptionally(failure);
              } else if (page.next() == null || !outcome.whole()) {
                done.complete(outcome);
              } else {
                page(from, page.next());
              }
            },
            worker);
  }

  private CompletionStage<Page> decided(Page page) {
    List<CompletionStage<List<Decision>>> all = new ArrayList<>();
    for (Entry entry : page.entries()) {
      Decision decision = entry.decision();
      if (entry.stage() != Stage.SUPERSEDED
          && entry.stage() != Stage.ERASED
          && decision != null
          && decision.action() == Decision.Action.ASSIGN
          // What a person decided, no rule decides again.
          && decision.receipt().by() == null) {
        Instant at = decision.receipt().decidedAt();
        all.add(rulebook.decide(List.of(entry.lead()), snapshot, at));
      }
    }
    return Stages.all(all)
        .thenApplyAsync(
            decisions -> {
              decisions.forEach(one -> one.forEach(outcome::count));
              return page;
            },
            worker);
  }
}
