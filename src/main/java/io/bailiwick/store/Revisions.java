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

  /** A revision and its place in the order of acceptance. */
  record Ranked(Entry entry, long seq) {

    static final Comparator<Ranked> ORDER =
        Comparator.comparingLong((Ranked one) -> one.entry.revision())
            .thenComparingLong(Ranked::seq);
  }

  /**
   * A lead whose record the CRM has just named, as a revision among those that the record has: what
   * its source said it is, else by the order of acceptance, as if its record had had a name then.
   *
   * @param line the other revisions, in any order
   */
  static Entry joined(List<Ranked> line, Ranked named) {
    Ranked top = line.stream().max(Ranked.ORDER).orElse(null);
    if (top == null) {
      return named.entry;
    }
    List<Entry> others = line.stream().map(Ranked::entry).toList();
    boolean given = named.entry.lead().revision() != null;
    long earlier =
        line.stream()
            .filter(one -> one.seq < named.seq)
            .mapToLong(one -> one.entry.revision())
            .max()
            .orElse(1);
    long place = top.seq < named.seq ? top.entry.revision() + 1 : earlier;
    return after(others, given ? named.entry : named.entry.ranked(place));
  }

  /** The moves that it causes: the highest stays, each other that is not being sent gives way. */
  static List<Move> giveWay(List<Ranked> line, Ranked joined, Instant now) {
    Ranked top = line.stream().max(Ranked.ORDER).orElse(joined);
    if (Ranked.ORDER.compare(top, joined) > 0) {
      return List.of(giveWay(joined.entry, top.entry, now));
    }
    return line.stream()
        .filter(one -> givesWay(one.entry.stage()))
        .map(one -> giveWay(one.entry, joined.entry, now))
        .toList();
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
