package io.bailiwick.store;

import io.bailiwick.flow.Journal;
import java.time.Instant;

class MemoryJournalTest extends JournalContract {

  private final MemoryJournal journal = new MemoryJournal();

  @Override
  Journal open(Instant now) {
    journal.reopen(now);
    return journal;
  }
}
