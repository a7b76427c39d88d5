package io.bailiwick.store;

import io.bailiwick.flow.Journal;

class MemoryTokenTest extends TokenContract {

  private final MemoryJournal kept = new MemoryJournal();

  @Override
  Journal open() {
    kept.reopen();
    return kept;
  }
}
