package io.bailiwick.store;

import io.bailiwick.flow.Journal;

class MemoryNamingTest extends NamingContract {

  private final MemoryJournal memory = new MemoryJournal();

  @Override
  Journal open() {
    memory.reopen();
    return memory;
  }
}
