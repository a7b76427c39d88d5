package io.bailiwick;

import io.bailiwick.flow.Signals;
import java.util.List;

/** Passes each signal on to all who listen. */
record SignalHub(List<Signals> listeners) implements Signals {

  @Override
  public void tell(Signal signal) {
    listeners.forEach(listener -> listener.tell(signal));
  }
}
