package io.bailiwick.flow;

import io.bailiwick.lead.Backlog;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.HistoryLine;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Pause;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What can be asked of the memory without changing it; it shows only what is durable. */
public interface JournalReader extends AutoCloseable {

  /** One page, newest first; {@code next} is the cursor of the following page, null at the end. */
  record Page(List<Entry> entries, @Nullable String next) {}

  /**
   * A snapshot and when it was last read from the CRM.
   *
   * @param number of that reading, from 1; the clocks of those who read may differ, this does not
   */
  record KeptSnapshot(TerritorySnapshot snapshot, Instant readAt, long number) {}

  /** The lead of that id. */
  CompletionStage<Optional<Entry>> find(String id);

  /** A lead's history, oldest first. */
  CompletionStage<List<HistoryLine>> history(String id);

  /**
   * A page of leads; {@code cursor} is a page's {@code next}, null for the first. Fails with
   * IllegalArgumentException for a cursor that is none.
   */
  CompletionStage<Page> list(LeadFilter which, @Nullable String cursor, int limit);

  /** The same in the order of acceptance, oldest first. */
  CompletionStage<Page> oldest(LeadFilter which, @Nullable String cursor, int limit);

  /** How many leads there are of these. */
  CompletionStage<Long> count(LeadFilter which);

  /** Somebody's word that nothing is to be sent; empty where sending goes on. */
  CompletionStage<Optional<Pause>> pause();

  /**
   * A page of the leads accepted at this instant or later, oldest first, so that a long reading
   * meets each once; {@code cursor} is a page's {@code next}, null for the first. Found by index.
   * Fails with IllegalArgumentException for a cursor that is none.
   */
  CompletionStage<Page> since(Instant accepted, @Nullable String cursor, int limit);

  /** Whether any lead is queued for this reason. */
  CompletionStage<Boolean> anyQueued(QueueReason reason);

  /** How many leads wait, and for how long. Found by index. */
  CompletionStage<Backlog> backlog();

  /** The latest complete snapshot. */
  CompletionStage<Optional<KeptSnapshot>> latestSnapshot();

  /** The latest complete snapshot where its number is higher; looking for it costs little. */
  default CompletionStage<Optional<KeptSnapshot>> snapshotAfter(long number) {
    return latestSnapshot().thenApply(kept -> kept.filter(one -> one.number() > number));
  }

  /** The kept snapshot of that id. */
  CompletionStage<Optional<TerritorySnapshot>> snapshot(String id);

  /** The kept version of that hash. */
  CompletionStage<Optional<RuleVersion>> version(String hash);

  /** The publication log, newest first, at most so many lines; the first is what serves. */
  CompletionStage<List<Publication>> publications(int limit);

  /** The digest of the state of {@code rules/} that was last dealt with; empty before the first. */
  CompletionStage<Optional<String>> taken();

  /** The finished audits. */
  AuditLog audits();

  /** Ends the reading; blocks until done. */
  @Override
  void close();
}
