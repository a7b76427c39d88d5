package io.bailiwick.replay.leads;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Leads one after the other, from files ({@link LeadFiles}) or from the journal ({@link
 * LeadHistory}), read once and in bounded memory:
 *
 * <pre>{@code
 * try (LeadStream leads = LeadFiles.open(paths, SourceMapping.PLAIN)) {
 *   leads.forEachBatch(1_000, batch -> decide(batch.leads()));
 *   tell(leads.unreadable(), leads.unmapped());
 * }
 * }</pre>
 *
 * <p>The same files give the same rows with the same numbers. Every row is either a lead or an
 * {@link UnreadRow} with its reason. One thread reads; {@link #done} and {@link #rows} may be asked
 * by any.
 */
public interface LeadStream extends AutoCloseable {

  /**
   * Reads everything, handing over batches of at most {@code size} rows in the stream's order, on
   * the caller's thread; whoever hands a batch on bounds how many are under way. May be called
   * once. Throws UncheckedIOException where reading itself fails.
   */
  void forEachBatch(int size, Consumer<LeadBatch> each);

  /** How many rows were read until now, leads and others. */
  long rows();

  /** How many rows were no lead until now, by reason; a reason without a row is absent. */
  Map<Unread, Long> unreadable();

  /**
   * What was kept or read with a doubt until now, and how often: {@code country is no country we
   * know; kept under attributes}.
   */
  Map<String, Long> doubts();

  /**
   * Columns of tables and members of JSON whose names are no field's; they are kept under
   * attributes. In the order met, at most 1,000 of them.
   */
  List<String> unmapped();

  /** How far it is, of {@link #whole}: bytes of the files as they are stored, or of time. */
  long done();

  /** What {@link #done} comes to at the end; 0 where that is not known. */
  long whole();

  /** Closes what is open; a stream that was not read to its end may be closed too. */
  @Override
  void close();
}
