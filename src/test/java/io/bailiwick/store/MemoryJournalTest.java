package io.bailiwick.store;

import io.bailiwick.flow.Journal;

class MemoryJournalTest extends JournalContract {

  private final MemoryJournal journal = new MemoryJournal();

  @Override
  Journal open() {
    journal.reopen();
    return journal;
  }
}
