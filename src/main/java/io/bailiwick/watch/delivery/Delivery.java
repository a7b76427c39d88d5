package io.bailiwick.watch.delivery;

import io.bailiwick.lead.Nullable;
import java.time.Duration;

/** What became of one try to deliver a message; {@code why} is for people. */
public sealed interface Delivery {

  /** The receiver has it. */
  record Done() implements Delivery {}

  /**
   * The receiver takes nothing now.
   *
   * @param retryAfter how long it asks to be left alone; null where it does not say
   */
  record Later(String why, @Nullable Duration retryAfter) implements Delivery {}

  /** The receiver takes messages, but not this one. */
  record NotThis(String why) implements Delivery {}
}
