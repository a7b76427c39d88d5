package io.bailiwick.command;

import java.util.concurrent.CountDownLatch;

/**
 * Waits until the process is told to end (Ctrl-C, SIGTERM), then lets it stop in good order: the
 * process does not end before {@code stop} has returned.
 */
final class StopRequest {

  private StopRequest() {}

  /** Blocks until asked, then runs {@code stop} on this thread. */
  static void await(Runnable stop) throws InterruptedException {
    var asked = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              asked.countDown();
              try {
                stopped.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    asked.await();
    try {
      stop.run();
    } finally {
      stopped.countDown();
    }
  }
}
