package io.bailiwick.flow;

import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import java.time.Duration;

/**
 * What follows from one answer of the CRM: the lead's move, and what it means for all others.
 *
 * @param hold how long nothing is to be sent to the CRM; null where the others go on
 * @param refresh whether the territories should be read again soon
 */
record NextStep(Move move, @Nullable Duration hold, boolean refresh) {

  static NextStep of(Move move) {
    return new NextStep(move, null, false);
  }
}
