package io.bailiwick.sandbox;

import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Nullable;
import java.util.List;

/**
 * Territories that are to be added to one record, or taken from it.
 *
 * @param path of the call it came with, by which faults are chosen
 * @param territories at least one, all different
 * @param removal whether they are to be taken from it
 */
record Placing(String path, String module, String id, List<String> territories, boolean removal) {

  /** The most territories of a record (Zoho's page on assigning territories). */
  static final int MOST = 10;

  /** The same for one module: a deal has one. */
  static int most(String module) {
    return module.equals("Deals") ? 1 : MOST;
  }

  /**
   * What became of it.
   *
   * @param at which of the territories it is about
   * @param blocker why a territory is refused; null where it is not, or a fault refuses it
   * @param job the id of the job that will do it; null where it is done
   */
  record Placed(Verdict verdict, int at, @Nullable Blocker blocker, @Nullable String job) {

    static Placed of(Verdict verdict, int at) {
      return new Placed(verdict, at, null, null);
    }
  }
}
