package io.bailiwick.store;

import io.bailiwick.flow.AccessBook;
import io.bailiwick.lead.AccessKey;
import io.bailiwick.lead.Activity;
import io.bailiwick.lead.Nullable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The keys and the record of who did what of {@link MemoryJournal}. */
final class MemoryAccess implements AccessBook {

  private record Message(String source, String stamp) {}

  private final Map<String, KeptKey> keys = new LinkedHashMap<>();
  private final List<Activity> activities = new ArrayList<>();
  private final Map<Message, Instant> seen = new HashMap<>();

  @Override
  public synchronized CompletionStage<List<KeptKey>> keys() {
    return done(List.copyOf(keys.values()));
  }

  @Override
  public synchronized CompletionStage<Void> add(KeptKey key) {
    keys.put(key.key().id(), key);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Optional<AccessKey>> end(String id, Instant at) {
    KeptKey ended =
        keys.computeIfPresent(id, (same, kept) -> new KeptKey(kept.key().ending(at), kept.proof()));
    return done(Optional.ofNullable(ended).map(KeptKey::key));
  }

  @Override
  public synchronized CompletionStage<Void> used(Map<String, Instant> lastUsed) {
    lastUsed.forEach(
        (id, at) ->
            keys.computeIfPresent(
                id, (same, kept) -> new KeptKey(kept.key().usedAt(at), kept.proof())));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Long> append(Activity activity) {
    activities.add(placed(activity, activities.size() + 1L, null));
    return done((long) activities.size());
  }

  @Override
  public synchronized CompletionStage<Void> answered(long seq, int status) {
    int at = (int) seq - 1;
    activities.set(at, placed(activities.get(at), seq, status));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<List<Activity>> activities(@Nullable Long before, int limit) {
    List<Activity> page = new ArrayList<>();
    long last = before == null ? activities.size() : Math.min(before - 1, activities.size());
    for (long seq = last; seq > 0 && page.size() < limit; seq--) {
      page.add(activities.get((int) seq - 1));
    }
    return done(page);
  }

  @Override
  public synchronized CompletionStage<Boolean> firstTime(String source, String stamp, Instant now) {
    return done(seen.putIfAbsent(new Message(source, stamp), now) == null);
  }

  @Override
  public synchronized CompletionStage<Integer> forgetMessages(Instant before) {
    int all = seen.size();
    seen.values().removeIf(at -> at.isBefore(before));
    return done(all - seen.size());
  }

  private static Activity placed(Activity line, long seq, @Nullable Integer status) {
    return new Activity(seq, line.at(), line.who(), line.role(), line.route(), line.path(), status);
  }

  private static <T> CompletionStage<T> done(T answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
