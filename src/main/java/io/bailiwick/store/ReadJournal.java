package io.bailiwick.store;

import io.bailiwick.flow.Journal;
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

/**
 * The half of a journal on disk that is asked and not written: each question goes to its reader.
 */
abstract class ReadJournal implements Journal {

  final SqlReader reader;

  ReadJournal(SqlReader reader) {
    this.reader = reader;
  }

  @Override
  public CompletionStage<Optional<Entry>> find(String id) {
    return reader.find(id);
  }

  @Override
  public CompletionStage<List<HistoryLine>> history(String id) {
    return reader.history(id);
  }

  @Override
  public CompletionStage<Page> list(LeadFilter which, @Nullable String cursor, int limit) {
    return reader.list(which, cursor, limit);
  }

  @Override
  public CompletionStage<Page> oldest(LeadFilter which, @Nullable String cursor, int limit) {
    return reader.oldest(which, cursor, limit);
  }

  @Override
  public CompletionStage<Long> count(LeadFilter which) {
    return reader.count(which);
  }

  @Override
  public CompletionStage<Optional<Pause>> pause() {
    return reader.pause();
  }

  @Override
  public CompletionStage<Page> since(Instant accepted, @Nullable String cursor, int limit) {
    return reader.since(accepted, cursor, limit);
  }

  @Override
  public CompletionStage<Boolean> anyQueued(QueueReason reason) {
    return reader.anyQueued(reason);
  }

  @Override
  public CompletionStage<Backlog> backlog() {
    return reader.backlog();
  }

  @Override
  public CompletionStage<Optional<KeptSnapshot>> latestSnapshot() {
    return reader.latestSnapshot();
  }

  @Override
  public CompletionStage<Optional<KeptSnapshot>> snapshotAfter(long number) {
    return reader.snapshotAfter(number);
  }

  @Override
  public CompletionStage<Optional<TerritorySnapshot>> snapshot(String id) {
    return reader.snapshot(id);
  }

  @Override
  public CompletionStage<Optional<RuleVersion>> version(String hash) {
    return reader.version(hash);
  }

  @Override
  public CompletionStage<List<Publication>> publications(int limit) {
    return reader.publications(limit);
  }

  @Override
  public CompletionStage<Optional<String>> taken() {
    return reader.taken();
  }
}
