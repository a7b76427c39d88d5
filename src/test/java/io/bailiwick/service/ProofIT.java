package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Journal.Changed;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.FixtureFolder;
import io.bailiwick.replay.Replay;
import io.bailiwick.replay.RuleFolder;
import io.bailiwick.store.SqlJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar proving a change of the rules: every exit code and every file it writes. */
class ProofIT {

  @TempDir Path folder;

  private Map<String, String> environment;

  @BeforeEach
  void copyRulesAndFixtures() throws IOException {
    copy(Path.of("rules"));
    copy(Path.of("fixtures"));
    environment =
        new HashMap<>(
            Map.of(
                "BAILIWICK_RULES_DIR", folder.resolve("rules").toString(),
                "BAILIWICK_FIXTURES_DIR", folder.resolve("fixtures").toString(),
                "BAILIWICK_JOURNAL_URL", "jdbc:sqlite:" + folder.resolve("journal.db")));
  }

  @Test
  void aChangeIsHeldAgainstAFolderAndEndsWith0Or2Or3Or1() throws IOException {
    JarProcess.Ended same = run("replay", "--base", "rules");
    assertEquals(0, same.exit(), same.err());
    assertTrue(same.out().endsWith("No decision of 120 leads changes.\n"), same.out());
    change("50-regions.drl", "\"AR\", \"IA\",", "\"IA\",");
    assertEquals(0, run("replay", "--accept").exit());
    JarProcess.Ended changed = run("replay", "--base", "rules", "--html", file("change.html"));
    assertEquals(2, changed.exit(), changed.out() + changed.err());
    assertTrue(
        changed.out().contains("\"US central\" 50-regions.drl:14  region → lost \"AR\""),
        changed.out());
    String page = Files.readString(folder.resolve("change.html"));
    assertTrue(page.contains("<svg role=\"img\""), page);
    Files.writeString(folder.resolve("rules/guardrails.yaml"), "moved: 0\n");
    JarProcess.Ended barred =
        run("replay", "--base", "rules", "--junit", file("j.xml"), "--changed", file("c.csv"));
    assertEquals(3, barred.exit());
    assertTrue(barred.out().contains("✗ broken  moved must be at most 0"), barred.out());
    assertTrue(barred.out().endsWith("NOT publishable.\n"), barred.out());
    assertTrue(Files.readString(folder.resolve("j.xml")).contains("failures=\"1\""));
    assertTrue(Files.readString(folder.resolve("c.csv")).contains("Central Region"));
    JsonNode json = json(run("replay", "--base", "rules", "--json"));
    assertEquals(1, json.path("version").asInt());
    assertEquals(3, json.path("exit").asInt());
    assertEquals("50-regions.drl", json.at("/groups/0/causes/0/file").asText());
    assertEquals(1, run("replay", "--base", "nowhere").exit());
    change("50-regions.drl", "salience 50", "salience 5O");
    assertEquals(1, run("replay", "--base", "rules").exit());
    assertEquals(64, run("replay", "--bsae", "rules").exit());
  }

  @Test
  void aChangeIsHeldAgainstAGitRef() throws IOException, GitAPIException {
    try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
      git.add().addFilepattern(".").call();
      git.commit()
          .setMessage("first")
          .setAuthor("Ana", "ana@acme.example")
          .setCommitter("Ana", "ana@acme.example")
          .setSign(false)
          .call();
    }
    change("40-segments.drl", "employees >= 5000", "employees >= 50");
    JarProcess.Ended ended = run("replay", "--base", "HEAD");
    assertEquals(3, ended.exit(), ended.err());
    assertTrue(ended.out().contains("(git HEAD ("), ended.out());
    assertTrue(ended.out().contains("employees >= 5000 → employees >= 50"), ended.out());
  }

  @Test
  void anyLeadsAreComparedNotOnlyFixtures() throws IOException {
    change("40-segments.drl", "employees >= 5000", "employees >= 50");
    Path leads = folder.resolve("leads.ndjson");
    Files.writeString(
        leads,
        """
        {"crmId":"1","country":"US","region":"CA","employees":60}
        {"crmId":"2","country":"US","region":"CA","employees":49}
        not a lead
        """);
    JsonNode json = json(run("replay", "--base", "rules", "--leads", leads.toString(), "--json"));
    assertEquals(2, json.path("leads").asInt(), json.toString());
    assertEquals(1, json.at("/counts/moved").asInt(), json.toString());
  }

  @Test
  void mutantsSuggestionsAndAcceptedExpectationsAreWritten() throws IOException {
    Files.delete(folder.resolve("fixtures/leads/edges.json"));
    JarProcess.Ended ended = run("replay", "--mutants", "--suggest", file("more.json"));
    assertEquals(0, ended.exit(), ended.err());
    assertTrue(ended.out().contains("small changes are noticed"), ended.out());
    Files.move(folder.resolve("more.json"), folder.resolve("fixtures/leads/more.json"));
    JarProcess.Ended better = run("replay", "--mutants", "--json");
    assertEquals(0, better.exit(), better.err());
    JsonNode score =
        Json.read(better.out().lines().findFirst().orElseThrow().getBytes(StandardCharsets.UTF_8));
    assertTrue(score.path("percent").asDouble() > 95, score.path("percent").asText());
    assertEquals(0, score.path("suggested").size());
    JarProcess.Ended again = run("replay", "--suggest", folder.resolve("rules").toString());
    assertEquals(0, again.exit(), "nothing is missing, so nothing is written");
    change("50-regions.drl", "\"AK\", \"AZ\", \"CA\",", "\"AK\", \"AZ\",");
    assertEquals(3, run("replay").exit());
    JarProcess.Ended accepted = run("replay", "--accept");
    assertEquals(0, accepted.exit(), accepted.err());
    assertTrue(accepted.out().contains("expected West Region, actual Inbound Desk"));
    assertEquals(0, run("replay", "--accept").exit());
    assertTrue(run("replay", "--accept").out().startsWith("0 expectations written"));
  }

  @Test
  void whyAndWhyNotAreSaidOfFixturesAndOfJson() {
    JarProcess.Ended fixture = run("why", "leads/regions.json#1", "--not", "Enterprise");
    assertEquals(0, fixture.exit(), fixture.err());
    assertTrue(
        fixture.out().contains("it would with employees 5000 in place of 1200"), fixture.out());
    JarProcess.Ended json =
        run("why", "{\"country\":\"US\",\"employees\":480}", "--not", "Enterprise", "--json");
    assertEquals(0, json.exit(), json.err());
    assertEquals("employees", json(json).at("/not/flips/1/field").asText());
    assertEquals(0, run("why", "California").exit());
    assertEquals(1, run("why", "no such lead").exit());
    assertEquals(1, run("why", "{\"employees\":[]}").exit());
  }

  @Test
  void checkEndsWith0On3OffAnd1WithoutTerritories() throws IOException {
    JarProcess.Ended good = run("check");
    assertEquals(0, good.exit(), good.out() + good.err());
    assertTrue(good.out().contains("41 rules, 0 to mend"), good.out());
    change("50-regions.drl", "Lead( country == \"JP\" )", "Lead( country == \"AU\" )");
    JarProcess.Ended tie = run("check", "--json");
    assertEquals(3, tie.exit());
    assertEquals("tie", json(tie).at("/findings/0/kind").asText());
    change("50-regions.drl", "salience 50", "salience 5O");
    JarProcess.Ended flaw = run("check");
    assertEquals(3, flaw.exit());
    assertTrue(flaw.err().startsWith("50-regions.drl:5:15:"), flaw.err());
    assertEquals(1, run("check", "--territories", "nowhere.json").exit());
    assertEquals(64, run("check", "x").exit());
  }

  @Test
  void bisectNamesThePublicationAndTheDifferenceThatMovedALead() throws IOException {
    assertEquals(1, run("bisect", "California").exit(), "no journal yet");
    RuleFiles first = RuleFolder.read(folder.resolve("rules"));
    change("50-regions.drl", "\"AK\", \"AZ\", \"CA\",", "\"AK\", \"AZ\",");
    RuleFiles second = RuleFolder.read(folder.resolve("rules"));
    publish(List.of(first, second));
    JarProcess.Ended moved = run("bisect", "California");
    assertEquals(2, moved.exit(), moved.err());
    assertTrue(moved.out().contains("West Region → Inbound Desk"), moved.out());
    assertTrue(moved.out().contains("region → lost \"CA\""), moved.out());
    JarProcess.Ended still = run("bisect", "{\"country\":\"DE\"}", "--json");
    assertEquals(0, still.exit(), still.err());
    assertEquals(2, json(still).path("versions").asInt());
    JarProcess.Ended serving = run("replay", "--base", "serving");
    assertEquals(3, serving.exit(), "the fixtures expect the old rules");
    assertTrue(serving.out().contains("= same 120"), serving.out());
    JarProcess.Ended kept = run("replay", "--base", first.hash().substring(0, 12));
    assertTrue(kept.out().contains("(version " + first.hash()), kept.out() + kept.err());
  }

  private void publish(List<RuleFiles> versions) {
    Instant at = Instant.parse("2026-01-15T12:00:00Z");
    try (Journal journal = SqlJournal.open(folder.resolve("journal.db"), "https://crm.example")) {
      for (RuleFiles files : versions) {
        at = at.plusSeconds(60);
        var publication = new Publication(files.hash(), at, Publication.How.ON_CHANGE, null, null);
        var version = new RuleVersion(files, Map.of());
        Publication last =
            journal.publications(1).toCompletableFuture().join().stream().findFirst().orElse(null);
        var next = new Journal.Succession(publication, last);
        assertTrue(journal.keepVersion(version, next, null).toCompletableFuture().join());
      }
      var fixtures = FixtureFolder.read(folder.resolve("fixtures"));
      TerritorySnapshot snapshot = Replay.snapshot(fixtures.territories(), at);
      List<Territory> all = snapshot.territories();
      assertTrue(all.size() > 12);
      journal
          .keepSnapshot(new Journal.KeptSnapshot(snapshot, at, 1), Changed.NOTHING)
          .toCompletableFuture()
          .join();
    }
  }

  private JarProcess.Ended run(String... command) {
    return JarProcess.run(environment, command);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private void change(String file, String from, String to) throws IOException {
    Path path = folder.resolve("rules").resolve(file);
    String text = Files.readString(path);
    int at = text.indexOf(from);
    assertTrue(at >= 0, from);
    Files.writeString(path, text.substring(0, at) + to + text.substring(at + from.length()));
  }

  private void copy(Path from) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path to = folder.resolve(file.toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
  }

  private static JsonNode json(JarProcess.Ended ended) {
    try {
      return Json.read(ended.out().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(ended.out() + ended.err(), e);
    }
  }
}
