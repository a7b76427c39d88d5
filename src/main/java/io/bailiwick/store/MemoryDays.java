package io.bailiwick.store;

import io.bailiwick.flow.DayBook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What happened lately, of {@link MemoryJournal}. */
final class MemoryDays implements DayBook {

  private final TreeMap<Instant, TreeMap<String, Long>> steps = new TreeMap<>();

  @Override
  public synchronized CompletionStage<List<Counted>> add(List<Counted> more, Instant oldest) {
    steps.headMap(oldest).clear();
    for (Counted one : more) {
      steps
          .computeIfAbsent(one.step(), step -> new TreeMap<>())
          .merge(one.what(), one.count(), Long::sum);
    }
    List<Counted> all = new ArrayList<>();
    steps.forEach(
        (step, counts) -> counts.forEach((what, count) -> all.add(new Counted(step, what, count))));
    return CompletableFuture.completedFuture(all);
  }
}
