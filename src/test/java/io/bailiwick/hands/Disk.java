package io.bailiwick.hands;

import io.bailiwick.AroundPort;
import io.bailiwick.flow.Journal;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Journals whose disk has troubles. */
final class Disk {

  private Disk() {}

  /** That journal, but for one kind of call, which fails as long as that is true. */
  static Journal refusing(Journal journal, String call, AtomicBoolean refused) {
    return troubled(
        journal,
        (name, goOn) ->
            name.equals(call) && refused.get()
                ? CompletableFuture.failedFuture(new IOException("the disk is full"))
                : goOn.get());
  }

  /** That journal, but for what {@code trouble} makes of a call by its name. */
  static Journal troubled(Journal journal, BiFunction<String, Supplier<Object>, Object> trouble) {
    return AroundPort.of(
        Journal.class,
        journal,
        (method, arguments, real) ->
            trouble.apply(
                method,
                () -> {
                  try {
                    return real.call();
                  } catch (Throwable e) {
                    throw new AssertionError(e);
                  }
                }));
  }
}
