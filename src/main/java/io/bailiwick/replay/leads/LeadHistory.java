package io.bailiwick.replay.leads;

import io.bailiwick.flow.JournalReader;
import io.bailiwick.flow.JournalReader.Page;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The leads that a journal recorded from one instant to another, oldest first, each revision of a
 * record for itself. Read a page at a time, so it may stand beside a running service for as long as
 * it takes. Closing it closes the reader.
 */
public final class LeadHistory implements LeadStream {

  private static final int PAGE = 1_000;

  private final JournalReader journal;
  private final Instant from;
  private final Instant until;
  private final AtomicLong done = new AtomicLong();
  private volatile @Nullable Tally tally;
  private volatile @Nullable Instant first;

  /** Of the leads accepted {@code from} then on and before {@code until}. */
  public LeadHistory(JournalReader journal, Instant from, Instant until) {
    this.journal = journal;
    this.from = from;
    this.until = until;
  }

  @Override
  public void forEachBatch(int size, Consumer<LeadBatch> each) {
    if (tally != null) {
      throw new IllegalStateException("a stream of leads is read once");
    }
    var counting = new Tally(size, each);
    tally = counting;
    String cursor = null;
    do {
      Page page = journal.since(from, cursor, PAGE).toCompletableFuture().join();
      for (Entry entry : page.entries()) {
        take(entry, counting);
      }
      cursor = page.next();
    } while (cursor != null && done.get() < whole());
    counting.finish();
  }

  @Override
  public long rows() {
    Tally counting = tally;
    return counting == null ? 0 : counting.rows();
  }

  @Override
  public Map<Unread, Long> unreadable() {
    Tally counting = tally;
    return counting == null ? Map.of() : counting.unreadable();
  }

  @Override
  public Map<String, Long> doubts() {
    return Map.of();
  }

  @Override
  public List<String> unmapped() {
    return List.of();
  }

  @Override
  public long done() {
    return done.get();
  }

  /** The milliseconds from the first lead to the end; 0 before there was one. */
  @Override
  public long whole() {
    Instant begun = first;
    return begun == null ? 0 : Math.max(1, until.toEpochMilli() - begun.toEpochMilli());
  }

  @Override
  public void close() {
    journal.close();
  }

  private void take(Entry entry, Tally counting) {
    Instant begun = first;
    if (begun == null) {
      begun = entry.acceptedAt();
      first = begun;
    }
    done.set(Math.max(done.get(), entry.acceptedAt().toEpochMilli() - begun.toEpochMilli()));
    if (entry.acceptedAt().isBefore(until)) {
      counting.recorded(entry);
    }
  }
}
