package io.bailiwick.store;

import io.bailiwick.flow.CreditBook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What calls to the CRM cost, of {@link MemoryJournal}. */
final class MemoryCredits implements CreditBook {

  private final Map<Instant, Long> credits = new TreeMap<>();

  @Override
  public synchronized CompletionStage<List<Spent>> charge(Spent more, Instant now) {
    credits.keySet().removeIf(began -> new Spent(began, 0).isOver(now));
    if (more.credits() > 0) {
      credits.merge(more.began(), more.credits(), Long::sum);
    }
    List<Spent> all = new ArrayList<>();
    credits.forEach((began, spent) -> all.add(new Spent(began, spent)));
    return CompletableFuture.completedFuture(all);
  }
}
