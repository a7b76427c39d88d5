package io.bailiwick.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What became of a commit whose answer was lost, also where the server itself went down: it then
 * gives the numbers of transactions that left no trace to others.
 */
class LostCommitIT {

  @TempDir Path folder;

  @Test
  void whatWasCommittedIsToldFromWhatWasNotAndWhatIsStillUnderWayIsWaitedFor() throws SQLException {
    var place = PostgresServer.place(PostgresServer.database(), folder);
    var database = PostgresDatabase.open(place, null);
    try (Connection writing = database.write()) {
      String undone = database.begin(writing, true);
      writing.rollback();
      assertEquals(false, database.committed(undone));
      String done = database.begin(writing, true);
      writing.commit();
      assertEquals(true, database.committed(done));
      String underWay = database.begin(writing, false);
      var asked = CompletableFuture.supplyAsync(() -> database.committed(underWay));
      awaitOneThatWaits(place.url());
      writing.commit();
      assertEquals(true, asked.join());
    }
  }

  private static void awaitOneThatWaits(String url) throws SQLException {
    String waiting =
        "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            + " AND datname = current_database()";
    try (Connection connection = PostgresServer.connection(url)) {
      while (Rows.number(connection, waiting) == 0) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void aTransactionThatWasLostWithItsServerIsNotTakenForAnotherThatGotItsNumber()
      throws SQLException, IOException {
    Path data = folder.resolve("pg");
    EmbeddedPostgres server = PostgresServer.start(data, 0);
    try {
      var place = PostgresServer.place(PostgresServer.database(server), folder);
      var database = PostgresDatabase.open(place, null);
      Connection writing = database.write();
      String lost = database.begin(writing, false);
      assertNotNull(lost);
      PostgresServer.stopHard(data);
      int port = server.getPort();
      server.close();
      server = PostgresServer.start(data, port);
      for (int i = 0; i < 50; i++) {
        PostgresServer.execute(place.url(), "CREATE TABLE other" + i + " (id INT)");
      }
      assertEquals(false, database.committed(lost));
    } finally {
      server.close();
    }
  }
}
