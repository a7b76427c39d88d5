package io.bailiwick.watching;

import io.bailiwick.flow.Outbox.Message;
import io.bailiwick.flow.Timers;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.watch.delivery.Channel;
import io.bailiwick.watch.delivery.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Virtual time beside real sockets: it stands still while a call is on its way, so that an hour of
 * it passes as fast as the calls in it are answered. One thread runs it; any may hand tasks in.
 */
final class HeldTimers implements Timers {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final VirtualTimers time;
  private final Thread owner = Thread.currentThread();
  private final Queue<Runnable> handedIn = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();

  HeldTimers(Instant start) {
    this.time = new VirtualTimers(start);
  }

  @Override
  public Duration uptime() {
    return time.uptime();
  }

  @Override
  public Instant now() {
    return time.now();
  }

  @Override
  public void execute(Runnable task) {
    if (Thread.currentThread() == owner) {
      time.execute(task);
    } else {
      handedIn.add(task);
    }
  }

  @Override
  public Cancel after(Duration delay, Runnable task) {
    return time.after(delay, task);
  }

  /** Lets so much time pass, and everything happen that is due in it. */
  void pass(Duration duration) {
    Instant end = now().plus(duration);
    long patience = System.nanoTime() + PATIENCE.toNanos();
    while (now().isBefore(end) || calls.get() > 0 || !handedIn.isEmpty()) {
      for (Runnable task = handedIn.poll(); task != null; task = handedIn.poll()) {
        task.run();
      }
      if (calls.get() == 0) {
        time.runUntil(() -> calls.get() > 0 || !handedIn.isEmpty(), end);
      } else if (System.nanoTime() > patience) {
        throw new AssertionError("a call did not end");
      } else {
        LockSupport.parkNanos(100_000);
      }
    }
  }

  /** The same channel; time stands still while it is at work. */
  Channel held(Channel channel) {
    return new Channel() {
      @Override
      public String name() {
        return channel.name();
      }

      @Override
      public CompletionStage<Delivery> send(Message message) {
        calls.incrementAndGet();
        var answer = new CompletableFuture<Delivery>();
        channel
            .send(message)
            .whenComplete(
                (delivery, failure) -> {
                  if (failure == null) {
                    answer.complete(delivery);
                  } else {
                    answer.completeExceptionally(failure);
                  }
                  calls.decrementAndGet();
                });
        return answer;
      }

      @Override
      public void close() {
        channel.close();
      }
    };
  }
}
