package io.bailiwick.store;

import io.bailiwick.flow.Journal;

class MemoryDayTest extends DayContract {

  private final MemoryJournal kept = new MemoryJournal();

  @Override
  Journal open() {
    kept.reopen();
    return kept;
  }
}
