package io.bailiwick.store;

import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which revisions of one record give way when another comes in: the same in every store. */
final class Revisions {

  private Revisions() {}

  /**
   * The moves that a new entry causes in its line: it gives way to a higher revision, or the others
   * give way to it. One that is being sent is left alone until its outcome is known.
   *
   * @param line the other revisions, in any order
   */
  static List<Move> supersede(List<Entry> line, Entry entry, Instant now) {
    Entry top = line.stream().max(Comparator.comparingLong(Entry::revision)).orElse(entry);
    if (top.revision() > entry.revision()) {
      return List.of(giveWay(entry, top, now));
    }
    List<Move> moves = new ArrayList<>();
    for (Entry older : line) {
      if (givesWay(older.stage())) {
        moves.add(giveWay(older, entry, now));
      }
    }
    return moves;
  }

  /** It takes over what the record may show because of revisions that it takes the place of. */
  static Entry after(List<Entry> line, Entry entry) {
    Entry after = entry;
    for (Entry older : line) {
      if (older.revision() <= entry.revision()) {
        after = after.after(older);
      }
    }
    return after;
  }

  private static boolean givesWay(Stage stage) {
    return switch (stage) {
      case ACCEPTED, DECIDED, ASSIGNED, QUEUED, PARKED -> true;
      case SENDING, SUPERSEDED, ERASED -> false;
    };
  }

  private static Move giveWay(Entry loser, Entry winner, Instant now) {
    return new Move(
        loser,
        loser.supersededBy(winner.id(), now),
        "superseded by revision " + winner.revision() + " (" + winner.id() + ")");
  }
}
