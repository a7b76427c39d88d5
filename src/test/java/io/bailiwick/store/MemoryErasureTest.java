package io.bailiwick.store;

import io.bailiwick.flow.Journal;

class MemoryErasureTest extends ErasureContract {

  private final MemoryJournal memory = new MemoryJournal();

  @Override
  Journal open() {
    memory.reopen();
    return memory;
  }
}
