package io.bailiwick.flow;

/** What became of a wish to put a candidate in shadow. */
public sealed interface ShadowAnswer {

  /** It judges live leads from now on, or did already. */
  record Judges(ShadowStanding standing) implements ShadowAnswer {}

  /** There is no such candidate. */
  record Unknown() implements ShadowAnswer {}

  /** The candidate is another version than the one that was meant. */
  record Changed(Candidate candidate) implements ShadowAnswer {}

  /** It was refused, so it has no rulebook that could judge. */
  record Refused(Candidate candidate) implements ShadowAnswer {}

  /** It is still compiled or proved, or it is about to serve. */
  record NotWaiting(Candidate candidate) implements ShadowAnswer {}

  /** Another one is in shadow, and there is one at a time. */
  record Taken(ShadowRun other) implements ShadowAnswer {}
}
