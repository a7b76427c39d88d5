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
import java.util.HashMap;
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
           "firstName":"Anastasia","lastName":"Diaz","email":"ana.diaz@acme.example","phone":"555 0100",
           "company":"Acme","attributes":{"Notes":"secret"}}""",
          """
          {"crmId":"3652397000009999002","country":"SE","email":"bo@nord.example"}""",
          """
          {"crmId":"3652397000009999003","country":"FR","source":"partner"}""",
          """
          {"crmId":"3652397000009999004","country":"DE","company":"Hooli"}""");

  private static final String BY_NAME =
      """
      rule "Hooli by its name"
          salience 88
      when
          Lead( company == "Hooli" )
          $t : Territory( name == "West Region" )
      then
          route.to($t);
      end
      """;

  @TempDir static Path folder;

  private static final List<String> ids = new ArrayList<>();
  private static Map<String, String> demo;
  private static Path answer;

  @BeforeAll
  static void recordThreeLeads() throws IOException {
    Path rules = copyOf("rules");
    Path fixtures = copyOf("fixtures");
    Files.writeString(rules.resolve("25-by-name.drl"), BY_NAME);
    Files.writeString(
        fixtures.resolve("leads/by-name.csv"),
        "name,company,expect.status,expect.rule\nHooli,Hooli,assign,Hooli by its name\n");
    demo = new HashMap<>(JarProcess.demo(folder));
    demo.put("BAILIWICK_RULES_DIR", rules.toString());
    demo.put("BAILIWICK_FIXTURES_DIR", fixtures.toString());
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
    assertEquals(4, told.path("leads").asInt());
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
    JarProcess.Ended one = run("verify", "--demo", "" + answer);
    assertEquals(0, one.exit(), one.out() + one.err());
    assertTrue(one.out().contains("the same byte for byte"), one.out());
    JarProcess.Ended all = run("verify", "--demo", "--all");
    assertEquals(0, all.exit(), all.out() + all.err());
    assertEquals("", all.err(), "no progress without a terminal");
    assertTrue(all.out().contains("4  decided again, and the same"), all.out());
    assertEquals(1, run("verify", "--demo", "none").exit());
    assertEquals(64, run("verify", "--demo").exit());
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
      statement.executeUpdate(
          "UPDATE person SET lead = replace(lead, '1200', '1201') WHERE seq = 1");
      statement.executeUpdate(
          "UPDATE lead SET decision = replace(decision, 'US west', 'US once') WHERE seq = 1");
      statement.executeUpdate("UPDATE lead SET decision = NULL WHERE seq = 2");
    }
    Map<String, String> other = Map.of("BAILIWICK_JOURNAL_URL", "jdbc:sqlite:" + copy);
    JarProcess.Ended otherwise = JarProcess.run(other, "fixtures", "from", ids.get(0));
    assertEquals(3, otherwise.exit(), otherwise.err());
    assertTrue(otherwise.err().contains("rule: expected US once, actual US west"), otherwise.err());
    JarProcess.Ended all = JarProcess.run(other, "verify", "--all", "--json");
    assertEquals(3, all.exit(), all.out() + all.err());
    JsonNode told = json(all.out());
    assertEquals(1, told.path("different").asInt());
    assertEquals(1, told.path("undecided").asInt());
    assertEquals(2, told.path("same").asInt());
    assertEquals("/leadDigest", told.at("/differences/0/pointer").asText());
  }

  @Test
  void aRecordedLeadBecomesAFixtureWithoutThePersonThatPassesInAReplay() throws IOException {
    JarProcess.Ended printed = run("fixtures", "from", "--demo", ids.get(0));
    assertEquals(0, printed.exit(), printed.err());
    JsonNode fixture = json(printed.out());
    assertEquals("West Region", fixture.at("/expect/territory").asText());
    assertEquals(1200, fixture.at("/lead/employees").asInt());
    for (String personal :
        List.of("Anastasia", "Diaz", "acme", "555 0100", "secret", "36523970000099")) {
      assertFalse(printed.out().toLowerCase().contains(personal.toLowerCase()), printed.out());
    }
    Path fixtures = Path.of(demo.get("BAILIWICK_FIXTURES_DIR"));
    Path key = Files.writeString(folder.resolve("key.txt"), "a key that only tests have");
    Path json = fixtures.resolve("leads/recorded.json");
    Path table = fixtures.resolve("leads/recorded.csv");
    assertTrue(from(ids.get(0), json, key).contains("written to new"));
    assertTrue(from(ids.get(1), json, key).contains("added to"));
    assertTrue(from(ids.get(1), table, key).contains("written to new"));
    JarProcess.Ended replay = run("replay", "--json");
    JsonNode cases = json(replay.out()).path("cases");
    int recorded = 0;
    for (JsonNode one : cases) {
      if (one.path("place").asText().startsWith("leads/recorded")) {
        assertEquals("pass", one.path("outcome").asText(), one.toString());
        recorded++;
      }
    }
    assertEquals(3, recorded);
    JarProcess.Ended decisive = run("fixtures", "from", "--demo", ids.get(3));
    assertEquals(3, decisive.exit());
    String page = Files.readString(Path.of("docs/replaying-leads.md"));
    assertTrue(page.contains("    " + decisive.err().strip()), decisive.err());
    assertEquals("", decisive.out());
    JarProcess.Ended kept = run("fixtures", "from", "--demo", ids.get(3), "--keep", "company");
    assertTrue(kept.out().contains("\"Hooli\""), kept.out() + kept.err());
    assertEquals(1, run("fixtures", "from", "--demo", "none").exit());
    assertEquals(64, run("fixtures", "from").exit());
  }

  private static String from(String id, Path to, Path key) {
    JarProcess.Ended ended =
        run("fixtures", "from", "--demo", id, "--to", "" + to, "--key-file", "" + key);
    assertEquals(0, ended.exit(), ended.err());
    return ended.out();
  }

  private static Path copyOf(String name) throws IOException {
    Path copy = folder.resolve(name);
    try (var files = Files.walk(Path.of(name))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = copy.resolve(Path.of(name).relativize(file));
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
