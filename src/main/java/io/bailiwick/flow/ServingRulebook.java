package io.bailiwick.flow;

/**
 * Where the flow gets the rulebook it judges by, and whom it tells when that one does not end. All
 * calls on the flow's thread.
 */
@FunctionalInterface
public interface ServingRulebook {

  /** The rulebook that serves now; taken afresh for each batch of leads. */
  Rulebook rulebook();

  /** A judgement by the rulebook of that hash did not end in time, and its lead was parked. */
  default void abandoned(String hash) {}

  /** These leads were judged, and their decisions handed on. Must return at once, never throw. */
  default void judged(Judged batch) {}
}
