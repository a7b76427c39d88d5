package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.DyingService.Point;
import io.bailiwick.checker.Evidence.Told;
import io.bailiwick.report.Reliability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real service dies at each named point under load, one life after the other on one journal,
 * and in the end every promise was kept. {@code -Dkill-rounds=N} goes through them all N times.
 */
class KillPointIT {

  private static final int ROUNDS = Integer.getInteger("kill-rounds", 1);
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final int LOADERS = 2;

  /** The oldest whose leads have all that today's schema asks for. */
  private static final String OLD_SCHEMA = "5";

  @TempDir Path folder;

  private final Random random = new Random(SEED);

  @Test
  void aServiceThatDiesAtAnyNamedPointKeepsEveryPromise() throws Exception {
    System.out.printf("kill points: seed %d%n", SEED);
    int deaths = 0;
    try (var ground = new KillGround(folder, SEED)) {
      old(ground);
      ground.sources.load(LOADERS);
      ground.dieAt(Point.IN_MIGRATION, 1 + random.nextInt(6), () -> {});
      deaths++;
      for (int round = 0; round < ROUNDS; round++) {
        for (Point point : Point.values()) {
          if (point != Point.IN_MIGRATION) {
            die(ground, point);
            deaths++;
          }
        }
      }
      ground.sources.stop();
      try (JarProcess service = ground.start()) {
        ground.check(service);
      }
      Reliability.tell(
          "kill points",
          Map.of(
              "seed",
              SEED,
              "points",
              Point.values().length,
              "deaths",
              deaths,
              "leads",
              ground.sources.acked.size(),
              "broken",
              0));
      System.out.printf(
          "kill points: %d deaths at %d points, %d leads acknowledged, all promises kept%n",
          deaths, Point.values().length, ground.sources.acked.size());
    }
  }

  private void die(KillGround ground, Point point) {
    switch (point) {
      case BYTES_ON_THE_WIRE -> {
        ground.control("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"latency\",\"millis\":200}]}");
        ground.dieAt(point, 1 + random.nextInt(5), () -> {});
        ground.control("{\"do\":\"setFaults\",\"faults\":[]}");
      }
      case BEFORE_A_PUBLICATION, AFTER_A_PUBLICATION -> ground.dieAt(point, 1, () -> edit(ground));
      // Of what the life before was sending.
      case IN_RECOVERY, IN_AUDIT, AFTER_AUDIT -> ground.dieAt(point, 1, () -> {});
      case AFTER_COMMIT_BEFORE_REPLY,
          BETWEEN_DECIDE_AND_SEND,
          BEFORE_THE_BYTES_LEAVE,
          ANSWER_BEFORE_RECORD,
          IN_MIGRATION ->
          ground.dieAt(point, 1 + random.nextInt(20), () -> {});
    }
  }

  /** Changes the rules so that they decide as before. */
  private static void edit(KillGround ground) {
    Path rules = ground.rules().resolve("routing.drl");
    try {
      Files.writeString(rules, "\n// once more\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A journal of an older Bailiwick, in which a lead waits. */
  private static void old(KillGround ground) throws SQLException {
    String url = "jdbc:sqlite:" + ground.journal();
    Flyway.configure()
        .dataSource(url, null, null)
        .locations("classpath:db/migration")
        .target(OLD_SCHEMA)
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.executeUpdate(
          "INSERT INTO meta (name, value) VALUES ('crm', '" + ground.crm() + "')");
      int rows =
          statement.executeUpdate(
              """
              INSERT INTO lead (id, version, line, revision, accepted_at, stage, due, reason, lead,
                spent, waits, changed_at, body)
              VALUES ('lead-1', 2, 'Leads/999999', 1, 1500, 'QUEUED', 9000, 'NO_MATCH',
                '{"crmId":"999999","module":"Leads","country":"US","region":"CA",\
              "campaign":"old","attributes":{}}', 0, 0, 1600, '{}')""");
      rows +=
          statement.executeUpdate(
              """
              INSERT INTO history (lead, version, at, stage, note) VALUES
                ('lead-1', 1, 1500, 'ACCEPTED', 'accepted'), ('lead-1', 2, 1600, 'QUEUED', 'waits')
              """);
      assertEquals(3, rows);
    }
    ground.sources.told(new Told("old", "lead-1", "3652397000001234567"));
  }
}
