package io.bailiwick.drools;

import static io.bailiwick.drools.Workbooks.book;
import static io.bailiwick.drools.Workbooks.head;
import static io.bailiwick.drools.Workbooks.row;
import static io.bailiwick.drools.Workbooks.table;
import static io.bailiwick.drools.Workbooks.zip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every attack is refused before anything of it is compiled, at its place and with a way out. */
class AttackTest {

  /** As slow as a busy machine may be; each takes milliseconds. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private static final Pattern PLACED =
      Pattern.compile("[^:]+:[1-9][0-9]*:[1-9][0-9]*: (rule \".*\": )?.*");

  private record Book(String name, byte[] content, String told) {}

  @AfterEach
  void nothingWasReached() {
    assertNull(System.getProperty(Attacks.PROPERTY));
    assertFalse(Files.exists(Attacks.FILE));
  }

  @TestFactory
  List<DynamicTest> everyFileIsRefusedAtItsPlaceWithWhatToWriteInstead() {
    Map<String, String> told = Attacks.told();
    assertEquals(Attacks.names(""), told.keySet().stream().sorted().toList());
    assertTrue(told.size() > 300, told.size() + " attacks");
    List<DynamicTest> tests = new ArrayList<>();
    told.forEach(
        (name, words) ->
            tests.add(
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      assertTrue(PLACED.matcher(words).matches(), words);
                      assertEquals(words, first(new RuleFiles(Attacks.files(name))));
                    })));
    return tests;
  }

  @TestFactory
  List<DynamicTest> everyWorkbookIsRefused() {
    return books().stream()
        .map(
            book ->
                DynamicTest.dynamicTest(
                    book.name(),
                    () -> {
                      String path = "areas.drl.xlsx";
                      var files = new RuleFiles(Map.of(), Map.of(path, book.content()));
                      assertEquals(path + book.told(), first(files));
                    }))
        .toList();
  }

  @Test
  void largeFilesAreRefusedOrReadWithinSeconds() {
    String[] large = {
      " ".repeat(9 << 20),
      "\"".repeat(1 << 17),
      "rule \"A\" when Lead( " + "() ".repeat(1 << 18) + ") then route.queue(\"x\"); end",
      "rule \"A\" when Lead() then " + "then ".repeat(1 << 13) + " end",
      "rule x when then end\n".repeat(1 << 14),
      "rule \"A\" when Lead( city == \""
          + "x".repeat(1 << 20)
          + "\" ) then route.queue(\"x\"); end",
      "import a.b;\n".repeat(1 << 14),
    };
    for (String text : large) {
      String told = first(new RuleFiles(Map.of("main.drl", text)));
      assertTrue(PLACED.matcher(told).matches(), told);
    }
    String halfACharacter =
        "rule \"A\" when Lead( city == \"\uD800\" ) then route.queue(\"x\"); end";
    assertEquals(
        "main.drl:1:30: rule \"A\": the invisible character U+D800 is not allowed; delete it",
        first(new RuleFiles(Map.of("main.drl", halfACharacter))));
  }

  private static List<Book> books() {
    Map<String, String> manyParts = new TreeMap<>();
    for (int i = 0; i <= 1_000; i++) {
      manyParts.put("part" + i, "x");
    }
    String noWorkbook = ": this is no XLSX workbook: ";
    String size = ": a sheet has at most 20000 rows and 200 columns; make several of it";
    String unpacked =
        ": a workbook has at most 1000 parts and unpacks to at most 64 MiB; make several of it";
    String digits = ": a number in a cell has at most 30 digits; write less";
    String reached = "System.setProperty(\"bailiwick.reached\", \"yes\")";
    String entity = "<!DOCTYPE x [<!ENTITY e SYSTEM \"target/reached\">]>";
    String laughs = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaa\"><!ENTITY e \"&a;&a;&a;&a;&a;&a;\">]>";
    String noXml = noWorkbook + "a part of it is no XML; save the table as one";
    return List.of(
        new Book(
            "text bomb",
            book("", ("<si><t>" + "a".repeat(1000) + "</t></si>").repeat(70_000), ""),
            unpacked),
        new Book("many parts", zip(manyParts), unpacked),
        new Book("many rows", table("<row r=\"7\"/>".repeat(30_000)), size),
        new Book("many columns", table(cell("XFD7", "1")), size),
        new Book(
            "a column that is not",
            table(cell("ZZZZZZ7", "1")),
            ": a sheet has no cell ZZZZZZ7; save the workbook anew"),
        new Book(
            "a row that is not",
            table(row(2_000_000_000, "US", "West", "x")),
            ": a sheet has no row 2000000000; save the workbook anew"),
        new Book("a number of a billion digits", table(cell("A7", "1e999999999")), digits),
        new Book("a number of a million digits", table(cell("A7", "1e-1000000")), digits),
        new Book("external entity", book(entity, "", head() + row(7, "&e;", "West", "x")), noXml),
        new Book("many laughs", book(laughs, "", head() + row(7, "&e;", "West", "x")), noXml),
        new Book(
            "a path out of the workbook",
            zip(Map.of("../../../target/reached", "x")),
            noWorkbook + "[Content_Types].xml not found; save the table as one"),
        new Book(
            "not a workbook",
            new byte[] {'P', 'K', 3, 4},
            noWorkbook
                + "Error reading Zip content from SeekableInMemoryByteChannel; save the table as"
                + " one"),
        new Book(
            "a cell that closes its text",
            table(row(7, "US\" || country == \"DE", "West", "x")),
            "!Areas:7:1: rule \"Areas_7\": a cell here is one text without quotes, backslashes or"
                + " line breaks"),
        new Book(
            "a cell that is code",
            table(row(7, reached, "West", "x")),
            "!Areas:7:1: rule \"Areas_7\": a cell here is one text without quotes, backslashes or"
                + " line breaks"),
        new Book(
            "a sheet of functions",
            book("", "", row(1, "RuleSet", "rules") + row(2, "Functions", reached)),
            "!Areas:2:1: \"Functions\" is not allowed in a sheet of rules; leave the row out"));
  }

  private static String cell(String place, String number) {
    return "<row r=\"7\"><c r=\"%s\"><v>%s</v></c></row>".formatted(place, number);
  }

  private static String first(RuleFiles files) {
    Compilation compilation =
        assertTimeout(LONGEST, () -> RulebookCompiler.compile(files, RulesForTests.SETTINGS));
    if (compilation instanceof Compilation.Refused refused) {
      RuleFlaw first = refused.flaws().get(0);
      return first.told().lines().findFirst().orElseThrow();
    }
    ((Compilation.Ready) compilation).rulebook().close();
    throw new AssertionError("it was taken");
  }
}
