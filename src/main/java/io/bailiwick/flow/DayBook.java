package io.bailiwick.flow;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The part of the journal that counts what happened lately, over restarts and all instances. */
public interface DayBook {

  /** How often something happened in the step of time that began then. */
  record Counted(Instant step, String what, long count) {}

  /**
   * Adds these, forgets the steps that began before {@code oldest}, and answers all that is kept,
   * the oldest step first.
   */
  CompletionStage<List<Counted>> add(List<Counted> more, Instant oldest);
}
