package io.bailiwick;

import io.bailiwick.flow.Signals;
import java.util.List;

/** Passes each signal on to all who listen, to {@code last} when the others have heard it. */
record SignalHub(List<Signals> listeners, Signals last) implements Signals {

  @Override
  public void tell(Signal signal) {
    listeners.forEach(listener -> listener.tell(signal));
    last.tell(signal);
  }
}
