package io.bailiwick.watch.delivery;

import io.bailiwick.flow.Backoff;
import io.bailiwick.flow.Outbox;
import io.bailiwick.flow.Outbox.Message;
import io.bailiwick.flow.Timers;
import io.bailiwick.lead.Nullable;
import io.bailiwick.watch.NoticeMetrics;
import io.bailiwick.watch.NoticeMetrics.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one channel's messages, one at a time in their order. A receiver that takes nothing is
 * left alone with growing delay and full jitter, all messages with it; a message that alone is
 * refused waits for itself. What is older than it may be is given up, and said so. All calls on the
 * flow's thread.
 */
public final class Courier {

  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  private static final int BATCH = 20;

  /** So many tries in vain, one after the other, and the channel counts as failing. */
  private static final int FAILING_AFTER = 3;

  private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

  /**
   * How it is carried.
   *
   * @param keep how old a message may grow
   */
  public record Settings(Backoff backoff, Duration keep) {}

  /** What couriers share. */
  public record Office(
      Outbox outbox,
      Timers timers,
      Settings settings,
      RandomGenerator random,
      NoticeMetrics metrics) {}

  private final Office office;
  private final Channel channel;
  private final BiConsumer<String, String> failing;
  private final Deque<Message> unkept = new ArrayDeque<>();
  private int failures;
  private boolean busy;
  private boolean again;
  private boolean stopped;
  private Instant pausedUntil = Instant.MIN;
  private Timers.@Nullable Cancel sleep;

  /**
   * {@code failing} is told the channel's name and why, when it begins to take nothing, and an
   * empty text when it is back.
   */
  public Courier(Office office, Channel channel, BiConsumer<String, String> failing) {
    this.office = office;
    this.channel = channel;
    this.failing = failing;
    office.metrics().channel(channel.name());
  }

  /** The channel's name. */
  public String name() {
    return channel.name();
  }

  /** Something may be there to carry. */
  public void wake() {
    if (busy) {
      again = true;
      return;
    }
    if (stopped || office.timers().now().isBefore(pausedUntil)) {
      rest(null);
      return;
    }
    busy = true;
    again = false;
    if (!unkept.isEmpty()) {
      send(unkept.peek(), this::look);
      return;
    }
    look();
  }

  /** The journal does not take this message, so it is carried from memory alone. */
  public void carryUnkept(Message message) {
    unkept.add(message);
    wake();
  }

  /** Carries nothing more; what is under way ends by itself. */
  public void stop() {
    stopped = true;
    if (sleep != null) {
      sleep.cancel();
    }
  }

  private void look() {
    if (stopped || office.timers().now().isBefore(pausedUntil)) {
      rest(null);
      return;
    }
    office
        .outbox()
        .due(channel.name(), office.timers().now(), BATCH)
        .whenCompleteAsync(
            (due, failure) -> {
              if (failure != null) {
                // The rounds find that the journal fails, and tell it.
                rest(office.timers().now().plus(office.settings().backoff().base()));
              } else {
                carry(new ArrayDeque<>(due.messages()), due.next());
              }
            },
            office.timers());
  }

  private void carry(Deque<Message> batch, @Nullable Instant next) {
    if (stopped || office.timers().now().isBefore(pausedUntil)) {
      rest(null);
      return;
    }
    Message message = batch.poll();
    if (message == null) {
      rest(again ? office.timers().now() : next);
      return;
    }
    again |= batch.isEmpty();
    send(message, () -> carry(batch, next));
  }

  private void send(Message message, Runnable then) {
    if (message.createdAt().plus(office.settings().keep()).isBefore(office.timers().now())) {
      LOG.error("{} is not told over {} any more: it is too old", message.id(), name());
      office.metrics().tried(name(), Result.GIVEN_UP);
      done(message, then);
      return;
    }
    channel
        .send(message)
        .exceptionally(mistake -> new Delivery.NotThis("it could not be written: " + mistake))
        .thenAcceptAsync(delivery -> tried(message, delivery, then), office.timers());
  }

  private void tried(Message message, Delivery delivery, Runnable then) {
    if (delivery instanceof Delivery.Done) {
      office.metrics().tried(name(), Result.DELIVERED);
      recovered();
      done(message, then);
      return;
    }
    office.metrics().tried(name(), Result.FAILED);
    String why;
    Duration wait;
    if (delivery instanceof Delivery.Later later) {
      why = later.why();
      wait = delay(failures);
      Duration asked = later.retryAfter();
      wait = asked != null && asked.compareTo(wait) > 0 ? asked : wait;
      pausedUntil = office.timers().now().plus(wait);
    } else {
      why = ((Delivery.NotThis) delivery).why();
      wait = delay(message.tries());
    }
    failed(why);
    Instant due = office.timers().now().plus(wait);
    if (message.equals(unkept.peek())) {
      pausedUntil = due;
      then.run();
      return;
    }
    office
        .outbox()
        .postpone(message, due)
        .whenCompleteAsync((written, failure) -> then.run(), office.timers());
  }

  /** A message whose end cannot be written is told once more, under the same id. */
  private void done(Message message, Runnable then) {
    if (message.equals(unkept.peek())) {
      unkept.poll();
      then.run();
      return;
    }
    office
        .outbox()
        .done(message)
        .whenCompleteAsync((written, failure) -> then.run(), office.timers());
  }

  private Duration delay(int tries) {
    return office.settings().backoff().delay(tries, office.random().nextDouble());
  }

  private void failed(String why) {
    failures++;
    if (failures == FAILING_AFTER) {
      LOG.error("{} takes nothing: {}; what it is to carry is kept and tried again", name(), why);
      office.metrics().failing(name(), true);
      failing.accept(name(), why);
    }
  }

  private void recovered() {
    if (failures >= FAILING_AFTER) {
      LOG.info("{} takes messages again", name());
    }
    failures = 0;
    office.metrics().failing(name(), false);
    failing.accept(name(), "");
  }

  private void rest(@Nullable Instant next) {
    busy = false;
    if (stopped) {
      return;
    }
    Instant now = office.timers().now();
    Instant until = next == null || next.isBefore(pausedUntil) ? pausedUntil : next;
    if (next == null && !now.isBefore(pausedUntil)) {
      until = now.plus(LONGEST_SLEEP);
    }
    if (!unkept.isEmpty() && !now.isBefore(pausedUntil)) {
      until = now;
    }
    Duration wait = Duration.between(now, until);
    wait = wait.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : wait;
    if (sleep != null) {
      sleep.cancel();
    }
    sleep = office.timers().after(wait.isNegative() ? Duration.ZERO : wait, this::wake);
  }
}
