package io.bailiwick.lead;

import java.util.ArrayList;
import java.util.List;

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

  /** In their order, those together that are steps of one lead and follow each other. */
  public static List<List<Move>> byLead(List<Move> moves) {
    List<List<Move>> all = new ArrayList<>(moves.size());
    for (int from = 0, to = 1; from < moves.size(); from = to++) {
      while (to < moves.size() && moves.get(to).follows(moves.get(to - 1))) {
        to++;
      }
      all.add(moves.subList(from, to));
    }
    return all;
  }

  private boolean follows(Move earlier) {
    Entry left = earlier.after;
    return before.id().equals(left.id()) && before.version() == left.version();
  }

  /** The same lead's next step, made one with this one. */
  public Move then(Entry next, String more) {
    return new Move(before, next, note + "; " + more);
  }
}
