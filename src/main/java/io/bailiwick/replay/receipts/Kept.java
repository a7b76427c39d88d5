package io.bailiwick.replay.receipts;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The last few of what was asked for, so that each is made once and few are held at a time. */
final class Kept<T> {

  private final int most;
  private final Function<String, Optional<T>> maker;
  private final Consumer<T> end;
  private final Map<String, Optional<T>> held = new LinkedHashMap<>(16, 0.75f, true);

  Kept(int most, Function<String, Optional<T>> maker, Consumer<T> end) {
    this.most = most;
    this.maker = maker;
    this.end = end;
  }

  Optional<T> get(String name) {
    Optional<T> found = held.get(name);
    if (found == null) {
      found = maker.apply(name);
      held.put(name, found);
      if (held.size() > most) {
        Iterator<Optional<T>> oldest = held.values().iterator();
        oldest.next().ifPresent(end);
        oldest.remove();
      }
    }
    return found;
  }

  void close() {
    held.values().forEach(one -> one.ifPresent(end));
    held.clear();
  }
}
