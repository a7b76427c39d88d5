package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import io.bailiwick.replay.leads.ForeignExports;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar over files of leads. */
class ReplayLeadsIT {

  private static final String AT = "2026-01-15T12:00:00Z";
  private static final String TERRITORIES = "fixtures/territories.json";

  @TempDir Path folder;

  @Test
  void whatThePageShowsIsWhatItPrints() throws IOException {
    Path file = folder.resolve("export.csv");
    Files.writeString(
        file,
        """
        Country,State,E-Mail,No. of Employees,Lead Owner
        United States,California,a@acme.example,"1,200",Kim
        US,CA,,,Kim
        Sweden,,,,Kim
        FR,,%s@acme.example,,Kim
        Atlantis,,,,Kim
        Confidential
        """
            .formatted("x".repeat(246)));
    JarProcess.Ended ended =
        run("replay", "--leads", "" + file, "--territories", TERRITORIES, "--at", AT);
    assertEquals(0, ended.exit(), ended.err());
    assertEquals("", ended.err(), "no progress without a terminal");
    String page = Files.readString(Path.of("docs/replaying-leads.md"));
    String shown =
        page.substring(page.indexOf("    26 territories"), page.indexOf("The territories"));
    assertEquals(
        shown.replaceAll("(?m)^    ", "").strip(), ended.out().replace(folder + "/", "").strip());
  }

  @Test
  void anExportOfAnotherSystemReplaysAfterOneMappingFile() throws IOException {
    for (var shape : List.of(ForeignExports.Shape.SALESFORCE, ForeignExports.Shape.HUBSPOT)) {
      Path file = ForeignExports.write(shape, folder, 3_000);
      JarProcess.Ended ended =
          run(
              "replay",
              "--leads",
              "" + file,
              "--map",
              "" + shape.mappingFile(),
              "--territories",
              TERRITORIES,
              "--at",
              AT,
              "--json");
      assertEquals(0, ended.exit(), ended.err());
      JsonNode told = json(ended);
      long unread = 0;
      for (JsonNode one : told.path("unreadable")) {
        unread += one.path("rows").asLong();
      }
      assertEquals(3_000, told.path("leads").asLong(), shape + ended.out());
      assertEquals(told.path("rows").asLong(), told.path("leads").asLong() + unread);
      assertEquals(shape == ForeignExports.Shape.SALESFORCE ? 5 : 0, unread);
      assertTrue(told.at("/outcomes/assign").asLong() > 1_000, ended.out());
    }
  }

  @Test
  void fiftyThousandPackedLeadsNeedNoMoreMemoryThanAFew() throws IOException {
    Path file = folder.resolve("many.ndjson.gz");
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
      for (int i = 0; i < 50_000; i++) {
        out.write(
            "{\"crmId\":\"%d\",\"country\":\"%s\",\"employees\":%d,\"notes\":\"%s\"}\n"
                .formatted(i, i % 2 == 0 ? "US" : "DE", i % 2_000, "x".repeat(2_000)));
      }
    }
    JarProcess.Ended ended =
        JarProcess.run(
            Map.of("_JAVA_OPTIONS", "-Xmx128m"),
            "replay",
            "--leads",
            "" + file,
            "--territories",
            TERRITORIES,
            "--at",
            AT,
            "--json");
    assertEquals(0, ended.exit(), ended.err());
    assertEquals(50_000, json(ended).path("leads").asLong());
  }

  @Test
  void whatCannotBeReadEndsWith1AndAWrongLineWith64() throws IOException {
    JarProcess.Ended none = run("replay", "--leads", "" + folder.resolve("none.csv"));
    assertEquals(1, none.exit());
    assertTrue(none.err().contains("there is no file to read"), none.err());
    Path cut = folder.resolve("cut.json");
    Files.writeString(cut, "[{\"country\":\"US\"},");
    JarProcess.Ended broken = run("replay", "--leads", "" + cut, "--territories", TERRITORIES);
    assertEquals(1, broken.exit());
    assertTrue(broken.out().contains("1  broken_file"), broken.out());
    JarProcess.Ended both = run("replay", "--leads", "" + cut, "--history", "1d");
    assertEquals(1, both.exit());
    JarProcess.Ended time = run("replay", "--history", "soon");
    assertEquals(1, time.exit());
    assertTrue(time.err().contains("30d, 12h or 15m"), time.err());
    assertEquals(64, run("replay", "--leads").exit());
    assertEquals(64, run("replay", "--at", "noon", "--leads", "" + cut).exit());
  }

  private static JarProcess.Ended run(String... command) {
    return JarProcess.run(Map.of(), command);
  }

  private static JsonNode json(JarProcess.Ended ended) throws IOException {
    return Json.read(ended.out().getBytes(StandardCharsets.UTF_8));
  }
}
