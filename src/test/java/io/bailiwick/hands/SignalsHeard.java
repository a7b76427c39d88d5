package io.bailiwick.hands;

import io.bailiwick.flow.Signals;
import java.util.ArrayList;
import java.util.List;

/** All that was told, in its order. */
final class SignalsHeard implements Signals {

  private final List<Signal> all = new ArrayList<>();

  @Override
  public void tell(Signal signal) {
    all.add(signal);
  }

  List<Signal> all() {
    return List.copyOf(all);
  }

  <T extends Signal> List<T> of(Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** What failed, in words. */
  List<String> troubles() {
    return of(Signal.Trouble.class).stream().map(Signal.Trouble::what).toList();
  }

  void clear() {
    all.clear();
  }
}
