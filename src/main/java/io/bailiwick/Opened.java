package io.bailiwick;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, to be closed in the opposite order; one that fails to close keeps none open. */
final class Opened implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

  private final Deque<Runnable> closers = new ArrayDeque<>();

  <T> T keep(T part, Consumer<? super T> close) {
    closers.push(() -> close.accept(part));
    return part;
  }

  @Override
  public void close() {
    while (!closers.isEmpty()) {
      try {
        closers.pop().run();
      } catch (RuntimeException e) {
        LOG.error("a part did not close as it should", e);
      }
    }
  }
}
