package io.bailiwick.flow;

import io.bailiwick.flow.Journal.Claimed;
import io.bailiwick.lead.Entry;
import io.bailiwick.store.MemoryJournal;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A journal of which a test says what is claimed, and sees what is given back. */
final class GivenBack {

  final CompletableFuture<Claimed> claimed = new CompletableFuture<>();
  final List<Entry> leads = new ArrayList<>();

  /** Takes nothing back. */
  boolean full;

  Ports ports(Timers timers) {
    var memory = new MemoryJournal();
    var journal =
        (Journal)
            Proxy.newProxyInstance(
                Journal.class.getClassLoader(),
                new Class<?>[] {Journal.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "claim" -> claimed;
                      case "release" -> release((List<?>) arguments[0]);
                      default -> method.invoke(memory, arguments);
                    });
    return new Ports(journal, null, timers, signal -> {});
  }

  private CompletableFuture<Void> release(List<?> released) {
    if (full) {
      return CompletableFuture.failedFuture(new IOException("the disk is full"));
    }
    released.forEach(lead -> leads.add((Entry) lead));
    return CompletableFuture.completedFuture(null);
  }
}
