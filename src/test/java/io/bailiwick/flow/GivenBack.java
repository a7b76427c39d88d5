package io.bailiwick.flow;

import io.bailiwick.AroundPort;
import io.bailiwick.flow.Journal.Claimed;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Entry;
import io.bailiwick.store.MemoryJournal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A journal of which a test says what is claimed, and sees what is given back. */
final class GivenBack {

  /** What it was asked for, one after the other; a test says what each came to. */
  final List<CompletableFuture<Claimed>> claims = new ArrayList<>();

  final List<Entry> leads = new ArrayList<>();
  final List<Signal> signals = new ArrayList<>();

  /** Takes nothing back. */
  boolean full;

  Ports ports(Timers timers) {
    Journal journal = AroundPort.of(Journal.class, new MemoryJournal(), this::called);
    return new Ports(journal, null, timers, signals::add);
  }

  private Object called(String method, Object[] arguments, AroundPort.Real real) throws Throwable {
    return switch (method) {
      case "claim" -> claim();
      case "release" -> release((List<?>) arguments[0]);
      default -> real.call();
    };
  }

  private CompletableFuture<Claimed> claim() {
    claims.add(new CompletableFuture<>());
    return claims.get(claims.size() - 1);
  }

  private CompletableFuture<Void> release(List<?> released) {
    if (full) {
      return CompletableFuture.failedFuture(new IOException("the disk is full"));
    }
    released.forEach(lead -> leads.add((Entry) lead));
    return CompletableFuture.completedFuture(null);
  }
}
