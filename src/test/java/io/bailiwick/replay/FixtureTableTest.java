package io.bailiwick.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Samples;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FixtureTableTest {

  /** Texts that spreadsheets and readers of CSV are known to break. */
  private static final List<String> TEXTS =
      List.of(
          "plain",
          "=1+1",
          "+49 30 1",
          "-1",
          "@x",
          "'s-Hertogenbosch",
          "''",
          "'=1",
          "02134",
          "1e5",
          "3652397000009999001",
          "1-2",
          "2026-01-15",
          "true",
          "a,b;c\td|e",
          "say \"x\"",
          "ä ß 漢 😀",
          "#",
          "\\",
          "{}",
          "1,200",
          "a'b",
          "NULL",
          "TRUE",
          "=\"x\"",
          "12/5");

  private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r].*", Pattern.DOTALL);

  @Test
  void everyFixtureComesBackFromItsTableAsItWas() {
    var random = new Random(20261124);
    for (int round = 0; round < 200; round++) {
      List<LeadCase> cases = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(8); i++) {
        cases.add(fixture(random));
      }
      String text = FixtureTable.write(cases, one -> "leads/a.json");
      List<FixtureTable.Line> lines = FixtureTable.read("t.csv", text);
      assertEquals(cases.size(), lines.size());
      for (int i = 0; i < cases.size(); i++) {
        assertEquals("leads/a.json", lines.get(i).file());
        assertEquals(placeless(cases.get(i)), placeless(lines.get(i).fixture()), text);
      }
      String again =
          FixtureTable.write(
              lines.stream().map(FixtureTable.Line::fixture).toList(), one -> "leads/a.json");
      assertEquals(text, again, "the same fixtures are the same text");
    }
  }

  @Test
  void noCellIsAFormulaToASpreadsheetAndEveryTextComesBack() {
    for (String text : TEXTS) {
      String cell = CsvCell.written(text);
      assertTrue(!FORMULA.matcher(cell).matches(), cell);
      assertEquals(text, CsvCell.read(cell));
    }
    for (String altered : List.of("02134", "3652397000009999001", "1e5", "1-2", "", " x", "TRUE")) {
      assertEquals("'" + altered, CsvCell.written(altered));
    }
    assertEquals("1200", CsvCell.written("1200"));
  }

  @Test
  void theShippedFixturesComeBackToo() {
    List<LeadCase> shipped = FixtureFolder.read(Path.of("fixtures")).leads();
    String text = FixtureTable.MARK + FixtureTable.write(shipped, LeadCase::file);
    List<FixtureTable.Line> lines = FixtureTable.read("t.csv", text);
    assertEquals(shipped.size(), lines.size());
    for (int i = 0; i < shipped.size(); i++) {
      assertEquals(placeless(shipped.get(i)), placeless(lines.get(i).fixture()));
      assertEquals(shipped.get(i).file(), lines.get(i).file());
    }
  }

  @Test
  void aFileOfFixturesMayHaveAnInstantForEachAndTakesOneMoreAtItsEnd() {
    LeadCase late = fixture(new Random(1));
    String file = FixtureText.write(Samples.NOON, List.of(late));
    String text = "{\"at\" : \"2026-01-15T12:00:00Z\", \"leads\":[\n ] ,\"x\":1}";
    String once = FixtureText.appended(text, late);
    assertEquals(file.lines().skip(1).findFirst().isPresent(), true);
    String twice = FixtureText.appended(once, late);
    assertTrue(twice.endsWith("] ,\"x\":1}"), twice);
    assertEquals(2, twice.split("\"expect\"", -1).length - 1);
    assertThrows(IllegalArgumentException.class, () -> FixtureText.appended("[]", late));
    assertThrows(IllegalArgumentException.class, () -> FixtureText.appended("{", late));
  }

  @Test
  void aRowThatIsNoFixtureSaysWhyAndTheOthersAreRead() {
    String text =
        """
        name;COUNTRY;expect.status;attributes.Tier;at
        a;SE;assign;gold;
        b;SE;perhaps;;
        c;SE;queue;;yesterday

        ;;;;
        d;SE;queue;;;;
        ;SE;queue
        """;
    List<FixtureTable.Line> lines = FixtureTable.read("t.csv", text);
    assertEquals("gold", lines.get(0).fixture().lead().attributes().get("Tier"));
    assertEquals(Samples.NOON, lines.get(0).fixture().at());
    assertTrue(lines.get(1).trouble().contains("expect.status must be one of assign, queue"));
    assertTrue(lines.get(2).trouble().contains("must be an instant"));
    assertTrue(lines.get(3).trouble().contains("more cells"));
    assertEquals("t.csv:8", lines.get(4).fixture().name());
    assertNull(lines.get(4).file());
    assertEquals(5, lines.size());
  }

  @Test
  void aTableThatIsNoneIsRefusedWithTheColumnThatIsWrong() {
    Map<String, String> wrong =
        Map.of(
            "name,cuntry,expect.status\n", "\"cuntry\" is no column of fixtures",
            "name,country\n", "expect.status",
            "country,Country,expect.status\n", "\"country\" twice",
            "country,expect.status\n\"x", "is not CSV");
    wrong.forEach(
        (text, why) -> {
          var refused =
              assertThrows(IllegalArgumentException.class, () -> FixtureTable.read("t.csv", text));
          assertTrue(refused.getMessage().contains(why), refused.getMessage());
        });
  }

  @Test
  void expectationsAreReplacedInATableAndTheMarkStays() {
    String text =
        FixtureTable.MARK + "name,country,expect.status\r\na,SE,assign\r\nb,FR,assign\r\n";
    var expectation = new Expectation("queue", null, null, null, null);
    String replaced = FixtureTable.replace("t.csv", text, Map.of("t.csv:3", expectation));
    assertTrue(replaced.startsWith(FixtureTable.MARK));
    List<FixtureTable.Line> lines = FixtureTable.read("t.csv", replaced);
    assertEquals("assign", lines.get(0).fixture().expectation().status());
    assertEquals("queue", lines.get(1).fixture().expectation().status());
    assertThrows(
        IllegalArgumentException.class,
        () -> FixtureTable.replace("t.csv", "country,expect.status\nSE,x\n", Map.of()));
  }

  private static LeadCase placeless(@Nullable LeadCase one) {
    assertNotNull(one);
    return new LeadCase("", one.name(), one.at(), one.lead(), one.expectation());
  }

  private static LeadCase fixture(Random random) {
    var form = new LeadForm();
    for (LeadField field : LeadField.values()) {
      if (random.nextBoolean()) {
        form.set(
            field,
            switch (field.kind()) {
              case ID -> Long.toString(random.nextLong(1L << 62));
              case NUMBER -> Integer.toString(random.nextInt(1_000_000));
              case COUNTRY -> "SE";
              case LANGUAGE -> "de";
              default -> field == LeadField.MODULE ? "Accounts" : pick(random);
            });
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      form.setAttribute(pick(random) + " ", random.nextInt(4) == 0 ? "" : pick(random));
    }
    Instant at = Samples.NOON.plusMillis(random.nextInt(9));
    return new LeadCase("p#1", pick(random), at, form.lead(), expectation(random));
  }

  private static Expectation expectation(Random random) {
    return new Expectation(
        random.nextBoolean() ? "assign" : "queue",
        random.nextBoolean() ? null : pick(random),
        random.nextBoolean() ? null : pick(random),
        random.nextBoolean() ? null : pick(random),
        random.nextBoolean() ? null : pick(random));
  }

  private static String pick(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }
}
