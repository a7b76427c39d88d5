package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar over what a service recorded: history, fixtures of it, and receipts. */
class RecordedIT {

  private static final List<String> POSTED =
      List.of(
          """
          {"crmId":"3652397000009999001","country":"US","region":"CA","employees":1200,
           "firstName":"Ana","lastName":"Diaz","email":"ana.diaz@acme.example","phone":"555 0100",
           "company":"Acme","attributes":{"Notes":"secret"}}""",
          """
          {"crmId":"3652397000009999002","country":"SE","email":"bo@nord.example"}""",
          """
          {"crmId":"3652397000009999003","country":"FR","source":"partner"}""");

  @TempDir static Path folder;

  private static final List<String> ids = new ArrayList<>();
  private static Map<String, String> demo;
  private static Path answer;

  @BeforeAll
  static void recordThreeLeads() throws IOException {
    demo = JarProcess.demo(folder);
    try (JarProcess service = JarProcess.start(folder, demo, "serve", "--demo")) {
      String url = service.url();
      for (String lead : POSTED) {
        var answered =
            RunningService.send(
                HttpRequest.newBuilder(URI.create(url + "/v1/leads"))
                    .header("Content-Type", "application/json")
                    .header("Prefer", "wait=20")
                    .POST(BodyPublishers.ofString(lead))
                    .build());
        ids.add(answered.body().path("id").asText());
      }
      var first =
          RunningService.send(
              HttpRequest.newBuilder(URI.create(url + "/v1/leads/" + ids.get(0))).build());
      answer = Files.writeString(folder.resolve("answer.json"), first.text());
      assertEquals(0, run("verify", "--demo", ids.get(0)).exit(), "beside a running service");
      service.stop();
    }
  }

  @AfterAll
  static void forget() {
    ids.clear();
  }

  @Test
  void whatWasRecordedIsReplayed() throws IOException {
    JarProcess.Ended ended = run("replay", "--history", "1h", "--demo", "--json");
    assertEquals(0, ended.exit(), ended.err());
    JsonNode told = json(ended.out());
    assertEquals(3, told.path("leads").asInt());
    assertEquals(1, told.at("/outcomes/queue territory_not_ready api_disabled").asInt());
    JarProcess.Ended none =
        JarProcess.run(
            Map.of("BAILIWICK_JOURNAL_URL", "jdbc:sqlite:" + folder.resolve("no.db")),
            "replay",
            "--history",
            "1h");
    assertEquals(1, none.exit());
    assertTrue(none.err().contains("there is no journal"), none.err());
  }

  @Test
  void everyDecisionIsMadeAgainByteForByteOneOrAll() throws IOException {
    for (String id : ids) {
      JarProcess.Ended ended = run("verify", "--demo", id);
      assertEquals(0, ended.exit(), ended.out() + ended.err());
      assertTrue(ended.out().contains("the same byte for byte"), ended.out());
    }
    assertEquals(0, run("verify", "--demo", "" + answer).exit());
    JarProcess.Ended all = run("verify", "--demo", "--all");
    assertEquals(0, all.exit(), all.out() + all.err());
    assertEquals("", all.err(), "no progress without a terminal");
    assertTrue(all.out().contains("3  decided again, and the same"), all.out());
    assertEquals(1, run("verify", "--demo", "none").exit());
    assertEquals(64, run("verify", "--demo").exit());
    assertEquals(64, run("verify", "--demo", "--all", ids.get(0)).exit());
  }

  @Test
  void whatWasTamperedWithIsDifferentAndNamed() throws IOException, SQLException {
    Path file = folder.resolve("tampered.json");
    Files.writeString(file, Files.readString(answer).replaceFirst("\"line\":4", "\"line\":5"));
    JarProcess.Ended different = run("verify", "--demo", "" + file);
    assertEquals(3, different.exit(), different.out() + different.err());
    assertTrue(different.out().contains("at /winner/line"), different.out());
    assertTrue(different.out().contains("recorded 5"), different.out());
    JarProcess.Ended json = run("verify", "--demo", "--json", "" + file);
    assertEquals("/winner/line", json(json.out()).path("pointer").asText());
    Files.writeString(file, Files.readString(answer).replaceFirst("\"bailiwick\":\"", "$09"));
    JarProcess.Ended engine = run("verify", "--demo", "" + file);
    assertEquals(1, engine.exit());
    assertTrue(engine.out().contains("this version decides the same"), engine.out());
    Path copy = folder.resolve("tampered.db");
    try (var original = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("demo.db"));
        var statement = original.createStatement()) {
      statement.executeUpdate("VACUUM INTO '" + copy + "'");
    }
    try (var tampered = DriverManager.getConnection("jdbc:sqlite:" + copy);
        var statement = tampered.createStatement()) {
      statement.executeUpdate("UPDATE lead SET lead = replace(lead, '1200', '1201') WHERE seq = 1");
      statement.executeUpdate("UPDATE lead SET decision = NULL WHERE seq = 2");
    }
    JarProcess.Ended all =
        JarProcess.run(
            Map.of("BAILIWICK_JOURNAL_URL", "jdbc:sqlite:" + copy), "verify", "--all", "--json");
    assertEquals(3, all.exit(), all.out() + all.err());
    JsonNode told = json(all.out());
    assertEquals(1, told.path("different").asInt());
    assertEquals(1, told.path("undecided").asInt());
    assertEquals(1, told.path("same").asInt());
    assertEquals("/leadDigest", told.at("/differences/0/pointer").asText());
  }

  @Test
  void aRecordedLeadBecomesAFixtureWithoutThePersonThatPassesInAReplay() throws IOException {
    JarProcess.Ended printed = run("fixtures", "from", "--demo", ids.get(0));
    assertEquals(0, printed.exit(), printed.err());
    JsonNode fixture = json(printed.out());
    assertEquals("West Region", fixture.at("/expect/territory").asText());
    assertEquals(1200, fixture.at("/lead/employees").asInt());
    for (String personal : List.of("Ana", "Diaz", "acme", "555 0100", "secret", "36523970000099")) {
      assertFalse(printed.out().toLowerCase().contains(personal.toLowerCase()), printed.out());
    }
    Path fixtures = copyOfTheFixtures();
    Path key = Files.writeString(folder.resolve("key.txt"), "a key that only tests have");
    for (String file : List.of("recorded.json", "recorded.csv")) {
      Path to = fixtures.resolve("leads").resolve(file);
      for (String id : ids.subList(0, 2)) {
        JarProcess.Ended ended =
            run("fixtures", "from", "--demo", id, "--to", "" + to, "--key-file", "" + key);
        assertEquals(0, ended.exit(), ended.err());
        assertTrue(ended.out().contains(id.equals(ids.get(0)) ? "new" : "added"), ended.out());
      }
    }
    JarProcess.Ended replay =
        JarProcess.run(Map.of("BAILIWICK_FIXTURES_DIR", "" + fixtures), "replay", "--json");
    JsonNode cases = json(replay.out()).path("cases");
    int recorded = 0;
    for (JsonNode one : cases) {
      if (one.path("place").asText().startsWith("leads/recorded")) {
        assertEquals("pass", one.path("outcome").asText(), one.toString());
        recorded++;
      }
    }
    assertEquals(4, recorded);
    assertEquals(1, run("fixtures", "from", "--demo", "none").exit());
    assertEquals(64, run("fixtures", "from").exit());
  }

  private static Path copyOfTheFixtures() throws IOException {
    Path copy = folder.resolve("fixtures");
    try (var files = Files.walk(Path.of("fixtures"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = copy.resolve(Path.of("fixtures").relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    return copy;
  }

  private static JarProcess.Ended run(String... command) {
    return JarProcess.run(demo, command);
  }

  private static JsonNode json(String text) throws IOException {
    return Json.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
