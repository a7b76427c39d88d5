package io.bailiwick.lead;

/**
 * One step of one lead: what it was, what it is now, and a sentence for its history. The sentence
 * names no personal data.
 */
public record Move(Entry before, Entry after, String note) {

  public Move {
    if (!before.id().equals(after.id()) || after.version() <= before.version()) {
      throw new IllegalArgumentException("not a step of one lead: " + before + " to " + after);
    }
  }

  /** Whether this is the same lead's very next step. */
  public boolean follows(Move earlier) {
    return before == earlier.after;
  }

  /** The same lead's next step, made one with this one. */
  public Move then(Entry next, String more) {
    return new Move(before, next, note + "; " + more);
  }
}
