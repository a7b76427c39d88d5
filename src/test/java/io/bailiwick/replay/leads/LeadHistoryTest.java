package io.bailiwick.replay.leads;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.lead.Samples;
import io.bailiwick.store.MemoryJournal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeadHistoryTest {

  private final MemoryJournal journal = new MemoryJournal();

  @Test
  void everyLeadOfTheTimeIsReadOnceInItsOrderWithWhatTheJournalSaysOfIt() {
    for (int i = 0; i < 2_500; i++) {
      accept("id-" + i, NOON.plusSeconds(i));
    }
    Instant from = NOON.plusSeconds(100);
    try (var history = new LeadHistory(journal, from, NOON.plusSeconds(2_400))) {
      List<LeadRow> rows = new ArrayList<>();
      List<Integer> sizes = new ArrayList<>();
      assertEquals(0, history.whole());
      history.forEachBatch(
          900,
          batch -> {
            rows.addAll(batch.leads());
            sizes.add(batch.rows());
          });
      assertEquals(List.of(900, 900, 500), sizes);
      assertEquals("id-100", rows.get(0).place());
      assertEquals(1, rows.get(0).number());
      assertEquals("id-2399", rows.get(2_299).place());
      assertEquals(rows.get(7).lead(), rows.get(7).recorded().lead());
      assertEquals(2_300, history.rows());
      assertTrue(history.done() >= history.whole());
      assertThrows(IllegalStateException.class, () -> history.forEachBatch(1, batch -> {}));
    }
  }

  @Test
  void aTimeWithoutLeadsGivesNone() {
    accept("old", NOON.minusSeconds(1));
    try (var history = new LeadHistory(journal, NOON, NOON.plusSeconds(9))) {
      history.forEachBatch(10, batch -> rows(batch.rows()));
      assertEquals(0, history.rows());
    }
  }

  private static void rows(int count) {
    assertEquals(0, count);
  }

  private void accept(String id, Instant at) {
    var submission = new Submission(id, Samples.lead(id), "{}", at);
    journal.accept(List.of(submission), null).toCompletableFuture().join();
  }
}
