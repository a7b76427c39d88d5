package io.bailiwick.replay.runs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;

/** The last few of what was asked for, found by id. Any thread may call. */
final class LastRuns<R> {

  private final int most;
  private final Function<R, String> id;
  private final Consumer<R> left;
  private final Deque<R> kept = new ArrayDeque<>();
  private long begun;

  /** Keeps so many; {@code left} is told each that gives way. */
  LastRuns(int most, Function<R, String> id, Consumer<R> left) {
    this.most = most;
    this.id = id;
    this.left = left;
  }

  /** Makes the next, of its number from 1 on, and keeps it. */
  synchronized R begin(LongFunction<R> make) {
    begun++;
    R run = make.apply(begun);
    kept.addFirst(run);
    while (kept.size() > most) {
      left.accept(kept.removeLast());
    }
    return run;
  }

  /** The one of that id, while it is kept. */
  synchronized Optional<R> find(String wanted) {
    return kept.stream().filter(run -> id.apply(run).equals(wanted)).findFirst();
  }

  /** Those that are kept, the latest first. */
  synchronized List<R> all() {
    return List.copyOf(kept);
  }
}
