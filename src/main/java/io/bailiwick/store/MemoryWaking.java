package io.bailiwick.store;

import io.bailiwick.flow.Journal.Changed;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Stage;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which queued leads of {@link MemoryJournal} each change wakes, as {@link Waking} has it in SQL.
 */
final class MemoryWaking {

  private static final Set<QueueReason> OF_TERRITORY =
      Set.of(QueueReason.TERRITORY_NOT_READY, QueueReason.BY_RULE, QueueReason.AMBIGUOUS);

  private MemoryWaking() {}

  /** What waits for this reason. */
  static boolean queuedFor(Entry entry, QueueReason reason) {
    return entry.stage() == Stage.QUEUED && entry.reason() == reason;
  }

  /** What waits for one of these territories, or at the first reading for any. */
  static Predicate<Entry> waitingFor(Changed changed) {
    return entry -> waitsFor(changed, entry);
  }

  private static boolean waitsFor(Changed changed, Entry entry) {
    var territory = entry.territory();
    if (entry.stage() != Stage.QUEUED || entry.reason() == null) {
      return false;
    }
    if (entry.reason() == QueueReason.CRM_UNAVAILABLE) {
      return changed.first();
    }
    return OF_TERRITORY.contains(entry.reason())
        && territory != null
        && changed.territories().contains(territory.name());
  }

  /** All that wait but for the CRM: a refusal is its word too, which no rule changes. */
  static boolean rulesMove(Entry entry) {
    QueueReason reason = entry.reason();
    return entry.stage() == Stage.QUEUED
        && reason != QueueReason.CRM_UNAVAILABLE
        && reason != QueueReason.CRM_PAUSED
        && (reason != QueueReason.TERRITORY_NOT_READY
            || !Blocker.REFUSED.word().equals(entry.blocker()));
  }
}
