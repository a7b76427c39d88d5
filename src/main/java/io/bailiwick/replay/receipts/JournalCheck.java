package io.bailiwick.replay.receipts;

import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import io.bailiwick.replay.leads.LeadBatch;
import io.bailiwick.replay.leads.LeadRow;
import io.bailiwick.replay.leads.LeadStream;
import io.bailiwick.replay.leads.Unread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Every decision of a journal made again: how many stand how, and the first of those that came out
 * otherwise. Holds counts and at most {@value #MOST} differences, whatever the journal's size.
 */
public final class JournalCheck {

  /** The most differences that are told one by one. */
  public static final int MOST = 1_000;

  private static final int BATCH = 1_000;

  /** One recorded lead that came out otherwise. */
  public record Otherwise(String lead, Difference difference) {}

  private final Verifier verifier;
  private final Map<Standing, Long> counts = new EnumMap<>(Standing.class);
  private final List<Otherwise> otherwise = new ArrayList<>();

  private JournalCheck(Verifier verifier) {
    this.verifier = verifier;
  }

  /** Reads the stream of recorded leads to its end; {@code each} is run after each batch. */
  public static JournalCheck of(LeadStream recorded, Verifier verifier, Runnable each) {
    var check = new JournalCheck(verifier);
    recorded.forEachBatch(
        BATCH,
        batch -> {
          check.take(batch);
          each.run();
        });
    return check;
  }

  /** How many stand so. */
  public long count(Standing standing) {
    return counts.getOrDefault(standing, 0L);
  }

  /** Those that came out otherwise, in the order of the journal, the first {@value #MOST}. */
  public List<Otherwise> otherwise() {
    return List.copyOf(otherwise);
  }

  /**
   * 3 where any came out otherwise, 1 where there were decisions and none could be made again, or
   * else 0.
   */
  public int exitStatus() {
    if (count(Standing.DIFFERENT) > 0) {
      return 3;
    }
    long apart =
        count(Standing.OTHER_ENGINE)
            + count(Standing.RULEBOOK_GONE)
            + count(Standing.SNAPSHOT_GONE);
    return count(Standing.SAME) == 0 && apart > 0 ? 1 : 0;
  }

  /** Those of the same rules and territories after each other: changing them costs most. */
  private void take(LeadBatch batch) {
    List<Otherwise> found = new ArrayList<>();
    batch.leads().stream()
        .sorted(Comparator.comparing(JournalCheck::together))
        .forEach(row -> take(row, found));
    long erased = batch.unread().stream().filter(row -> row.reason() == Unread.ERASED).count();
    if (erased > 0) {
      counts.merge(Standing.ERASED, erased, Long::sum);
    }
    Map<String, Long> order = new java.util.HashMap<>();
    batch.leads().forEach(row -> order.put(row.place(), row.number()));
    found.sort(Comparator.comparing(one -> order.getOrDefault(one.lead(), 0L)));
    found.stream().limit(MOST - otherwise.size()).forEach(otherwise::add);
  }

  private void take(LeadRow row, List<Otherwise> found) {
    Entry entry = row.recorded();
    Verified verified = verifier.verify(row.lead(), entry == null ? null : entry.decision());
    counts.merge(verified.standing(), 1L, Long::sum);
    if (verified.standing() == Standing.DIFFERENT && verified.difference() != null) {
      found.add(new Otherwise(row.place(), verified.difference()));
    }
  }

  private static String together(LeadRow row) {
    Entry entry = row.recorded();
    @Nullable Decision decision = entry == null ? null : entry.decision();
    return decision == null ? "" : decision.receipt().rulebook() + decision.receipt().snapshot();
  }
}
