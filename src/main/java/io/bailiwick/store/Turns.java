package io.bailiwick.store;

import io.bailiwick.lead.Nullable;
import java.sql.SQLException;

/**
 * While there is a backlog, gives each territory with leads to send its turn: a quarter of each
 * claim goes to the oldest of a few territories, and the next claim goes on with those after them.
 * So a hundred thousand leads of one territory, or of two, do not keep the ten of a third waiting
 * until they are gone. Of one instance's memory: who is next is no promise.
 */
final class Turns {

  private static final int QUARTER = 4;
  private static final int TERRITORIES = 8;

  /** Which territories have leads to send, due or not. */
  interface Order {

    /** The next by name after this one; null where there is none. */
    @Nullable
    String after(String territory) throws SQLException;
  }

  /** Claims of one territory. */
  interface Taking {

    /** Claims its oldest that are due, so many at most; answers how many it claimed. */
    int take(String territory, int most) throws SQLException;
  }

  private String last = "";
  private boolean backlog;

  /** Takes nothing where the claim before was not a full one: then nobody waits for another. */
  void take(int limit, Order order, Taking taking) throws SQLException {
    int share = backlog ? limit / QUARTER : 0;
    int each = Math.max(1, share / TERRITORIES);
    int taken = 0;
    String first = null;
    for (int turn = 0; turn < TERRITORIES && taken < share; turn++) {
      String after = order.after(last);
      String next = after == null ? order.after("") : after;
      if (next == null || next.equals(first)) {
        return;
      }
      first = first == null ? next : first;
      last = next;
      taken += taking.take(next, Math.min(each, share - taken));
    }
  }

  /** How the claim ended. */
  void claimed(int many, int limit) {
    backlog = many == limit;
  }
}
