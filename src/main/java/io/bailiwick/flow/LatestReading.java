package io.bailiwick.flow;

import io.bailiwick.flow.JournalReader.KeptSnapshot;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The last reading of the territories that this instance judges beside, and has told the others of
 * its journal that it does. All calls on the flow's thread.
 */
final class LatestReading {

  private final Journal journal;
  private @Nullable KeptSnapshot kept;

  LatestReading(Journal journal) {
    this.journal = journal;
  }

  /** Nothing is judged beside older ones than the journal's latest, if only beside none. */
  CompletionStage<Optional<KeptSnapshot>> load() {
    journal.sharing().beside("");
    return journal.latestSnapshot();
  }

  /** The journal's, where it is a later one. */
  CompletionStage<Optional<KeptSnapshot>> later() {
    return journal.snapshotAfter(number());
  }

  /** Judges beside it from now on; answers whether it is later than what was, and so does. */
  boolean take(KeptSnapshot reading) {
    if (reading.number() <= number()) {
      return false;
    }
    kept = reading;
    journal.sharing().beside(reading.snapshot().id());
    return true;
  }

  /** From 1; 0 before the first. */
  long number() {
    return kept == null ? 0 : kept.number();
  }

  /** Empty before the first. */
  Optional<TerritorySnapshot> snapshot() {
    return Optional.ofNullable(kept).map(KeptSnapshot::snapshot);
  }

  /** Empty before the first. */
  Optional<Instant> readAt() {
    return Optional.ofNullable(kept).map(KeptSnapshot::readAt);
  }
}
