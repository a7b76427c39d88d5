package io.bailiwick.flow;

import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The part of the journal that forgets persons. */
public interface ErasureBook {

  /** All revisions of the record that this lead is of, in their order; empty for no lead. */
  CompletionStage<List<Entry>> recordOf(String lead);

  /**
   * All revisions of every record of which one has this e-mail address, in the order of acceptance.
   * Found by index.
   *
   * @param email as a lead has it, in lower case
   */
  CompletionStage<List<Entry>> recordsOf(String email);

  /**
   * Up to {@code limit} leads that came to rest at this instant or before and are not erased, the
   * longest at rest first. Found by index.
   */
  CompletionStage<List<Entry>> atRest(Instant since, int limit);

  /**
   * Writes those moves to ERASED whose {@code before} is still current. In the same commit go the
   * lead's values, its source's text, the words of its history and its idempotency keys.
   */
  CompletionStage<List<Recorded>> erase(List<Move> moves);

  /**
   * Sees to it that what was erased is gone from every file of the journal; answers false where
   * somebody who reads at this moment still keeps an older state, and it is to be asked again.
   */
  CompletionStage<Boolean> settle();
}
