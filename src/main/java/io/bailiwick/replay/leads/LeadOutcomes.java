package io.bailiwick.replay.leads;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * What became of a stream of leads: how many came out how, by outcome and by territory, and of the
 * rows that were no lead, the first of each reason. Holds counts, never a lead.
 */
public final class LeadOutcomes {

  /** How many rows are decided at a time. */
  public static final int BATCH = 1_000;

  /** How many batches are read ahead of the one being decided. */
  private static final int AHEAD = 2;

  /** Of one territory: how many leads are assigned, and how many wait for it. */
  public record Share(long assign, long queue) {

    Share plus(Share other) {
      return new Share(assign + other.assign, queue + other.queue);
    }
  }

  private final Map<String, Long> outcomes = new TreeMap<>();
  private final Map<String, Share> territories = new TreeMap<>();
  private final Map<Unread, UnreadRow> firstUnread = new EnumMap<>(Unread.class);
  private final Deque<CompletionStage<List<Decision>>> pending = new ArrayDeque<>();
  private long leads;

  private LeadOutcomes() {}

  /**
   * Reads the stream to its end and decides each lead at that instant, beside that snapshot. Blocks
   * until done; {@code each} is run after each batch.
   */
  public static LeadOutcomes of(
      LeadStream stream, Rulebook rulebook, TerritorySnapshot snapshot, Instant at, Runnable each) {
    var outcomes = new LeadOutcomes();
    stream.forEachBatch(
        BATCH,
        batch -> {
          batch.unread().forEach(row -> outcomes.firstUnread.putIfAbsent(row.reason(), row));
          List<Lead> decided = batch.leads().stream().map(LeadRow::lead).toList();
          outcomes.pending.add(rulebook.decide(decided, snapshot, at));
          outcomes.settle(AHEAD);
          each.run();
        });
    outcomes.settle(0);
    return outcomes;
  }

  /** How many leads were decided. */
  public long leads() {
    return leads;
  }

  /** How many by outcome: {@code assign}, {@code queue territory_not_ready api_disabled}. */
  public Map<String, Long> outcomes() {
    return Collections.unmodifiableMap(outcomes);
  }

  /** How many by the name of their territory; leads without one are not among them. */
  public Map<String, Share> territories() {
    return Collections.unmodifiableMap(territories);
  }

  /** The first row that was no lead, for each reason there was. */
  public Map<Unread, UnreadRow> firstUnread() {
    return Collections.unmodifiableMap(firstUnread);
  }

  private void settle(int left) {
    while (pending.size() > left) {
      pending.remove().toCompletableFuture().join().forEach(this::count);
    }
  }

  private void count(Decision decision) {
    leads++;
    outcomes.merge(outcome(decision), 1L, Long::sum);
    var territory = decision.territory();
    if (territory != null) {
      boolean assign = decision.action() == Decision.Action.ASSIGN;
      territories.merge(territory.name(), new Share(assign ? 1 : 0, assign ? 0 : 1), Share::plus);
    }
  }

  private static String outcome(Decision decision) {
    var text = new StringBuilder(decision.action().name().toLowerCase(Locale.ROOT));
    var reason = decision.reason();
    append(text, reason == null ? null : reason.word());
    append(text, decision.blocker());
    return text.toString();
  }

  private static void append(StringBuilder text, @Nullable String word) {
    if (word != null) {
      text.append(' ').append(word);
    }
  }
}
