package io.bailiwick.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the process is told to end (Ctrl-C, SIGTERM), then lets it stop in good order and end
 * with the command's own exit code.
 */
final class StopRequest {

  /** When stopping takes longer than this, the process ends as it was told to, in minutes. */
  private static final int LONGEST = 15;

  private StopRequest() {}

  /**
   * Blocks until asked, then runs {@code stop} on this thread; the caller then ends the process.
   */
  static void await(Runnable stop) throws InterruptedException {
    var asked = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              asked.countDown();
              holdTheEnd();
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    asked.await();
    stop.run();
  }

  /** The process ends with the signal's code as soon as its hooks return, so this one does not. */
  private static void holdTheEnd() {
    try {
      TimeUnit.MINUTES.sleep(LONGEST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
