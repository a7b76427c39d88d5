package io.bailiwick.store;

import io.bailiwick.flow.Journal;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PostgresDayIT extends DayContract {

  private final String url = PostgresServer.schema();

  @TempDir Path folder;

  @Override
  Journal open() {
    var place = PostgresServer.place(url, folder);
    return SqlJournal.open(place, "http://crm.example", CommitWatch.NONE);
  }
}
