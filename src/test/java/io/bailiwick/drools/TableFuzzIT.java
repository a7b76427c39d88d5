package io.bailiwick.drools;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.bailiwick.fuzz.Fuzz;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lookup tables, decision tables and workbooks, made bad: read, or refused with a word of why. */
class TableFuzzIT {

  private static final List<String> WORDS =
      List.of(
          ",",
          ";",
          "\"",
          "\"\"",
          "\n",
          "\r\n",
          "#",
          "key country",
          "territory",
          "postal prefix",
          "CONDITION",
          "ACTION",
          "RuleTable A",
          "RuleSet",
          "Lead",
          "$t : Territory",
          "$param",
          "$1",
          "route.to($t);",
          "route.queue(\"x\");",
          "System.exit(0);",
          "eval(true)",
          "=1+1",
          "-1",
          "1e99",
          "\uFEFF",
          "\u0000",
          "é",
          "x".repeat(600),
          ",".repeat(250),
          "<c r=\"ZZZ9999999\"",
          "<!DOCTYPE a [<!ENTITY b \"c\">]>",
          "&b;",
          "</row>",
          "<row r=\"-1\">",
          "t=\"s\"");

  private static final List<byte[]> TEXTS =
      Stream.of(
              "key country,key postalCode (prefix),territory\nUS,9,West Region\nDE,1,DACH\n",
              "key emailDomain,territory\nacme.example,West Region\n# nobody\nb.example,DACH\n",
              """
              RuleSet,rules
              RuleTable Areas
              CONDITION,CONDITION,CONDITION,ACTION
              Lead,Lead,$t : Territory,
              country,employees >=,name,route.to($t);
              land,size,territory,do
              US,100,West,x
              """)
          .map(text -> text.getBytes(StandardCharsets.UTF_8))
          .toList();

  private static final DroolsReader READER = new DroolsReader(false);

  @Test
  void aTableOfTextIsReadOrRefused() {
    new Fuzz("tables", TEXTS, WORDS)
        .run(
            20_000,
            (input, random) -> {
              String name = random.nextBoolean() ? "areas.drl.csv" : "areas.csv";
              String text = new String(input, StandardCharsets.UTF_8);
              return read(new RuleFiles(Map.of(name, text)));
            });
  }

  @Test
  void aWorkbookIsReadOrRefused() {
    byte[] book = Workbooks.table(Workbooks.row(7, "US", "West", "x"));
    new Fuzz("workbooks", List.of(book), WORDS)
        .run(
            2_000,
            (input, random) -> read(new RuleFiles(Map.of(), Map.of("areas.drl.xlsx", input))));
  }

  private static boolean read(RuleFiles files) {
    List<RuleFlaw> flaws = READER.read(files).flaws();
    flaws.forEach(flaw -> assertFalse(flaw.message().isBlank(), flaw::toString));
    return flaws.isEmpty();
  }
}
