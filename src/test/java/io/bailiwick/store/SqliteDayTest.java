package io.bailiwick.store;

import io.bailiwick.flow.Journal;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteDayTest extends DayContract {

  @TempDir Path folder;

  @Override
  Journal open() {
    return SqlJournal.open(folder.resolve("test.db"), "http://crm.example");
  }
}
