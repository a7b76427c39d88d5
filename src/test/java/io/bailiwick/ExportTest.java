package io.bailiwick;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Journal.Succession;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.Publication.How;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.store.SqlJournal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rules export}: what is kept comes back as files, and nothing is overwritten unasked. */
class ExportTest {

  private static final byte[] SHEET = {0, -1, 7};
  private static final RuleVersion OLD = version("old");
  private static final RuleVersion NEW = version("new");

  @TempDir Path folder;
  private Path out;
  private Path config;

  @BeforeEach
  void publishTwoVersions() throws IOException {
    Path path = folder.resolve("test.db");
    out = folder.resolve("out");
    config = folder.resolve("bailiwick.yaml");
    Files.writeString(config, "journal.url: \"jdbc:sqlite:" + path + "\"\n");
    try (var journal = SqlJournal.open(path, "crm")) {
      Publication last = null;
      for (RuleVersion version : List.of(OLD, NEW)) {
        var publication = new Publication(version.hash(), Instant.EPOCH, How.ON_CHANGE, null, null);
        var next = new Succession(publication, last);
        journal.keepVersion(version, next, null).toCompletableFuture().join();
        last = publication;
      }
    }
  }

  @Test
  void theServingVersionIsWrittenAsItWasFileByFile() throws IOException {
    Ended ended = export();
    assertEquals(0, ended.exit(), ended.err());
    assertTrue(ended.out().contains("4 files, 4 of them written"), ended.out());
    assertEquals("new", Files.readString(out.resolve("rules/a/b.drl")));
    assertEquals("ä", Files.readString(out.resolve("rules/README.md")));
    assertArrayEquals(SHEET, Files.readAllBytes(out.resolve("rules/t.drl.xlsx")));
    assertEquals("{}", Files.readString(out.resolve("fixtures/leads/a.json")));
    assertTrue(export().out().contains("4 files, 0 of them written"));
  }

  @Test
  void anEarlierVersionIsNamedByItsHashOrItsBeginning() throws IOException {
    assertEquals(0, export(OLD.hash().substring(0, 8), "--json").exit());
    assertEquals("old", Files.readString(out.resolve("rules/a/b.drl")));
    assertEquals(1, export(OLD.hash().substring(0, 7)).exit());
    Ended none = export("0".repeat(64));
    assertEquals(1, none.exit());
    assertTrue(none.err().contains("There is no such version"), none.err());
  }

  @Test
  void aFileThatDiffersIsNotOverwrittenUnlessForced() throws IOException {
    assertEquals(0, export(OLD.hash()).exit());
    Files.delete(out.resolve("rules/README.md"));
    Ended refused = export(NEW.hash());
    assertEquals(1, refused.exit());
    assertTrue(refused.err().contains("b.drl differs"), refused.err());
    assertTrue(Files.notExists(out.resolve("rules/README.md")), "nothing is written");
    assertEquals("old", Files.readString(out.resolve("rules/a/b.drl")));
    assertEquals(0, export(NEW.hash(), "--force").exit());
    assertEquals("new", Files.readString(out.resolve("rules/a/b.drl")));
  }

  private record Ended(int exit, String out, String err) {}

  private Ended export(String... more) {
    List<String> line = new ArrayList<>(List.of("rules", "export"));
    line.addAll(List.of("--config", config.toString(), out.toString()));
    line.addAll(List.of(more));
    var told = new StringWriter();
    var complained = new StringWriter();
    int exit =
        Bailiwick.commandLine()
            .setOut(new PrintWriter(told, true))
            .setErr(new PrintWriter(complained, true))
            .execute(line.toArray(String[]::new));
    return new Ended(exit, told.toString(), complained.toString());
  }

  private static RuleVersion version(String text) {
    return new RuleVersion(
        new RuleFiles(Map.of("a/b.drl", text, "README.md", "ä"), Map.of("t.drl.xlsx", SHEET)),
        Map.of("leads/a.json", "{}"));
  }
}
