package io.bailiwick.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that cannot be trusted with leads, or take none, each told with what to change. */
class PostgresRefusedIT {

  private static final String CRM = "http://crm.example";

  @TempDir Path folder;

  @Test
  void aServerThatDoesNotSyncIsRefusedAndSoIsAReplicaWhateverIsOnIt() throws IOException {
    Path data = folder.resolve("pg");
    String kept;
    String empty;
    try (EmbeddedPostgres careless = PostgresServer.start(data, 0, Map.of("fsync", "off"))) {
      String message = refused(PostgresServer.database(careless));
      assertTrue(message.contains("has fsync off; Bailiwick needs on"), message);
      empty = PostgresServer.database(careless);
      kept = PostgresServer.database(careless);
    }
    try (EmbeddedPostgres primary = PostgresServer.start(data, 0)) {
      open(at(kept, primary)).close();
    }
    Files.createFile(data.resolve("standby.signal"));
    try (EmbeddedPostgres replica = PostgresServer.start(data, 0)) {
      for (String url : new String[] {kept, empty}) {
        String message = refused(at(url, replica));
        assertTrue(message.contains("is a replica, which takes no writes"), message);
        assertTrue(message.contains("name the primary"), message);
      }
    }
  }

  @Test
  void aDatabaseThatTakesNoWritesIsRefusedWithTheSettingThatSaysSo() {
    String url = PostgresServer.database();
    String name = url.substring(url.lastIndexOf('/') + 1);
    String readOnly = "ALTER DATABASE " + name + " SET default_transaction_read_only = ";
    PostgresServer.execute(url, readOnly + "on");
    String message = refused(url);
    assertTrue(message.contains("takes no writes: default_transaction_read_only is on"), message);
    assertTrue(message.contains("SET default_transaction_read_only = off"), message);
    PostgresServer.execute(url, "SET transaction_read_only = off; " + readOnly + "off");
    open(url).close();
    PostgresServer.execute(url, readOnly + "on");
    assertEquals(message, refused(url), "though the journal is there");
  }

  /** The same database on another server. */
  private static String at(String url, EmbeddedPostgres server) {
    return url.replaceFirst(":\\d+/", ":" + server.getPort() + "/");
  }

  private SqlJournal open(String url) {
    return SqlJournal.open(PostgresServer.place(url, folder), CRM, CommitWatch.NONE);
  }

  private String refused(String url) {
    return assertThrows(JournalRefused.class, () -> open(url)).getMessage();
  }
}
