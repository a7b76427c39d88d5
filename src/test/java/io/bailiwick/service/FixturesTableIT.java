package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built jar: fixtures out to a table and in again. */
class FixturesTableIT {

  @TempDir Path folder;
  private Path fixtures;
  private Path table;

  @BeforeEach
  void copyTheFixtures() throws IOException {
    fixtures = folder.resolve("fixtures");
    table = folder.resolve("fixtures.csv");
    try (var files = Files.walk(Path.of("fixtures"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = fixtures.resolve(Path.of("fixtures").relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
  }

  @Test
  void fixturesGoOutAndComeInUnchangedAndAChangeIsWrittenOnlyWhenToldTo() throws IOException {
    JarProcess.Ended out = run("fixtures", "export", "" + table);
    assertEquals(0, out.exit(), out.err());
    assertTrue(Files.readString(table).startsWith("\uFEFFfile,name,at,expect.status"));
    assertEquals(1, run("fixtures", "export", "" + table).exit(), "it is there already");
    assertEquals(0, run("fixtures", "export", "--replace", "--no-bom", "" + table).exit());
    Path regions = fixtures.resolve("leads/regions.json");
    String before = Files.readString(regions);
    JarProcess.Ended same = run("fixtures", "import", "" + table);
    assertEquals(0, same.exit(), same.err());
    assertTrue(same.out().contains("0 files written"), same.out());
    Files.writeString(table, Files.readString(table).replaceFirst("West Region", "East Region"));
    JarProcess.Ended would = run("fixtures", "import", "" + table);
    assertEquals(3, would.exit(), would.out());
    assertTrue(would.out().contains(" 1 changed, 0 new, 0 gone"), would.out());
    assertEquals(before, Files.readString(regions));
    JarProcess.Ended written = run("fixtures", "import", "--replace", "" + table);
    assertEquals(0, written.exit(), written.err());
    assertEquals(0, run("fixtures", "import", "" + table).exit(), "now they are the same");
    assertEquals(3, run("replay").exit(), "the changed expectation fails");
  }

  @Test
  void aTableAmongTheFixturesIsReplayedAndRowsOfNoFileGetOneOfTheirOwn() throws IOException {
    Path among = fixtures.resolve("leads/more.csv");
    Files.writeString(
        among,
        """
        name;country;expect.status;expect.reason
        Sweden once more;SE;queue;territory_not_ready
        France, wrongly;FR;queue;
        """);
    JarProcess.Ended replay = run("replay");
    assertEquals(3, replay.exit());
    assertTrue(replay.out().contains("FAIL leads/more.csv:3  France, wrongly"), replay.out());
    JarProcess.Ended accepted = run("replay", "--accept");
    assertEquals(0, accepted.exit(), accepted.err());
    assertEquals(0, run("replay").exit());
    Files.writeString(table, "name,country,expect.status\nSpain,ES,queue\n");
    JarProcess.Ended imported = run("fixtures", "import", "" + table);
    assertEquals(0, imported.exit(), imported.err());
    assertTrue(Files.readString(fixtures.resolve("leads/fixtures.json")).contains("\"Spain\""));
  }

  @Test
  void whatIsWrongIsToldWithItsLineAndNothingIsWritten() throws IOException {
    Files.writeString(table, "name,country,expect.status\nSpain,ES,perhaps\n");
    JarProcess.Ended wrong = run("fixtures", "import", "" + table);
    assertEquals(1, wrong.exit());
    assertTrue(wrong.err().contains("fixtures.csv:2 expect.status must be one of"), wrong.err());
    Files.writeString(table, "file,country,expect.status\n../../x.json,ES,assign\n");
    JarProcess.Ended outside = run("fixtures", "import", "" + table);
    assertEquals(1, outside.exit());
    assertTrue(outside.err().contains("such as leads/NAME.json"), outside.err());
    JarProcess.Ended one = run("fixtures", "export", "-", "leads/regions.json");
    assertEquals(0, one.exit());
    assertTrue(one.out().lines().skip(1).allMatch(line -> line.startsWith("leads/regions.json")));
    assertEquals(1, run("fixtures", "export", "-", "leads/none.json").exit());
    for (String[] usage :
        new String[][] {{"fixtures"}, {"fixtures", "export"}, {"fixtures", "x"}}) {
      JarProcess.Ended ended = run(usage);
      assertEquals(64, ended.exit());
      assertTrue(ended.err().contains("--help"), ended.err());
    }
    for (String command : new String[] {"export", "import", "from"}) {
      JarProcess.Ended help = run("fixtures", command, "--help");
      assertEquals(0, help.exit());
      assertTrue(help.out().contains("Exit codes:") && help.out().contains("Examples:"));
    }
  }

  private JarProcess.Ended run(String... command) {
    return JarProcess.run(Map.of("BAILIWICK_FIXTURES_DIR", fixtures.toString()), command);
  }
}
