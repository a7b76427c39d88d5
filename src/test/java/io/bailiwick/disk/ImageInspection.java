package io.bailiwick.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Looks at images while the next are made, on each processor one, and deletes them. An image that
 * cannot be served fails the whole; how many lose something or are damaged is counted.
 */
final class ImageInspection implements AutoCloseable {

  /** What was seen of all; {@code example} is one that was not right. */
  record Found(int images, int losing, int damaged, String example) {}

  /** So many images at most are on the disk at once. */
  private static final int AHEAD = 16;

  private final int served;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  private final Deque<Future<Found>> underWay = new ArrayDeque<>();
  private int taken;
  private Found found = new Found(0, 0, 0, "");

  /** Each {@code served}-th is also opened as the service opens its journal; 0 for none. */
  ImageInspection(int served) {
    this.served = served;
  }

  /** Has it looked at, and waits for earlier ones where too many are under way. */
  void take(Path image, List<String> acknowledged, String when) {
    boolean serve = served > 0 && taken++ % served == 0;
    Callable<Found> look = () -> looked(image, acknowledged, when, serve);
    underWay.add(threads.submit(look));
    if (underWay.size() > AHEAD) {
      next();
    }
  }

  /** What there was of all taken, when the last has been looked at. */
  Found found() {
    while (!underWay.isEmpty()) {
      next();
    }
    return found;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static Found looked(Path image, List<String> acked, String when, boolean serve)
      throws IOException {
    var verdict = new Image(image).against(acked);
    boolean lost = verdict.lost() > 0;
    boolean damaged = !verdict.damage().isEmpty();
    if (serve && !lost && !damaged) {
      new Image(image).serve(acked);
    }
    PowerCutIT.delete(image);
    String example = lost || damaged ? when + ": " + verdict : "";
    return new Found(1, lost ? 1 : 0, damaged ? 1 : 0, example);
  }

  private void next() {
    try {
      Found one = underWay.remove().get();
      found =
          new Found(
              found.images + one.images,
              found.losing + one.losing,
              found.damaged + one.damaged,
              one.example.isEmpty() ? found.example : one.example);
    } catch (ExecutionException e) {
      throw new AssertionError("an image is not served", e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
