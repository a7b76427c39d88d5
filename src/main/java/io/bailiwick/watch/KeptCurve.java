package io.bailiwick.watch;

import io.bailiwick.flow.DayBook;
import io.bailiwick.flow.DayBook.Counted;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last day's curves in the journal, so that they outlive the process and are of all
 * instances: whoever calls {@link #turn} every few seconds loses no more than that by a kill.
 */
public final class KeptCurve implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KeptCurve.class);

  /** Where nothing happens here, it is looked so seldom what happened elsewhere. */
  private static final int IDLE_TURNS = 12;

  private static final int LAST_SECONDS = 5;

  private final DayCurve curve;
  private final DayBook book;
  private final AtomicBoolean underWay = new AtomicBoolean();
  private int idle = IDLE_TURNS;

  /** Keeps that curve in that book. */
  public KeptCurve(DayCurve curve, DayBook book) {
    this.curve = curve;
    this.book = book;
  }

  /** Hands over what was counted since the last time, unless that is still under way. */
  public void turn() {
    List<Counted> told = curve.unkept();
    if (told.isEmpty() && idle++ < IDLE_TURNS) {
      return;
    }
    idle = 0;
    if (underWay.compareAndSet(false, true)) {
      keep(told).whenComplete((all, failure) -> underWay.set(false));
    }
  }

  /** What the journal does not take is told again at the next turn. */
  private CompletionStage<List<Counted>> keep(List<Counted> told) {
    return book.add(told, curve.oldest())
        .whenComplete(
            (all, failure) -> {
              if (failure == null) {
                curve.kept(told, all);
              }
            });
  }

  /** Hands over the rest; waits a few seconds for it at most. */
  @Override
  public void close() {
    if (underWay.get()) {
      return;
    }
    try {
      keep(curve.unkept()).toCompletableFuture().get(LAST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the curves of the last day lack their last seconds: {}", e.toString());
    }
  }
}
