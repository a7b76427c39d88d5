package io.bailiwick.store;

import io.bailiwick.flow.Journal;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteNamingTest extends NamingContract {

  @TempDir Path folder;

  @Override
  Journal open() {
    return SqlJournal.open(folder.resolve("own.db"), "http://crm.example");
  }
}
