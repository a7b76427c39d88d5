package io.bailiwick.store;

import io.bailiwick.flow.ErasureBook;
import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Stage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Erasing in {@link MemoryJournal}, guarded by its lock as the leads are. */
record MemoryErasures(Object lock, MemoryLeads leads, Function<List<Move>, List<Recorded>> record)
    implements ErasureBook {

  @Override
  public CompletionStage<List<Entry>> recordOf(String lead) {
    return found(entry -> entry.id().equals(lead), Comparator.comparing(Entry::revision));
  }

  @Override
  public CompletionStage<List<Entry>> recordsOf(String email) {
    return found(
        entry -> email.equals(entry.lead().email()), Comparator.comparing(Entry::acceptedAt));
  }

  @Override
  public CompletionStage<List<Entry>> atRest(Instant since, int limit) {
    synchronized (lock) {
      return done(
          entries()
              .filter(entry -> entry.stage().atRest() && entry.stage() != Stage.ERASED)
              .filter(entry -> !entry.changedAt().isAfter(since))
              .sorted(Comparator.comparing(Entry::changedAt))
              .limit(limit)
              .toList());
    }
  }

  @Override
  public CompletionStage<List<Recorded>> erase(List<Move> moves) {
    synchronized (lock) {
      List<Recorded> recorded = record.apply(moves);
      for (int i = 0; i < moves.size(); i++) {
        if (recorded.get(i).applied()) {
          leads.forget(moves.get(i).after().id());
        }
      }
      return done(recorded);
    }
  }

  @Override
  public CompletionStage<Boolean> settle() {
    return done(true);
  }

  private CompletionStage<List<Entry>> found(Predicate<Entry> which, Comparator<Entry> order) {
    synchronized (lock) {
      Set<String> lines = entries().filter(which).map(Entry::line).collect(Collectors.toSet());
      return done(entries().filter(entry -> lines.contains(entry.line())).sorted(order).toList());
    }
  }

  private Stream<Entry> entries() {
    return leads.all().map(row -> row.entry);
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
