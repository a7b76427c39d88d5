package io.bailiwick.drools;

import static io.bailiwick.drools.RulesForTests.NOON;
import static io.bailiwick.drools.RulesForTests.SETTINGS;
import static io.bailiwick.drools.RulesForTests.lead;
import static io.bailiwick.drools.RulesForTests.territories;
import static io.bailiwick.drools.RulesForTests.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.lead.TerritorySnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;

/** Decision tables, as CSV and as workbooks: the same rules, told by their cells. */
class DecisionTableTest {

  private static final int LEADS = 100_000;

  private static final String HEAD =
      """
      RuleSet,rules
      RuleTable Areas
      CONDITION,CONDITION,CONDITION,ACTION
      Lead,Lead,$t : Territory,
      country,%s,name,%s
      land,more,territory,do
      """;

  @Test
  void theSameRulesAsDrlAsATableAsAWorkbookAndAsKieReadsTheTableDecideAlike() throws IOException {
    String table = resource("segments.drl.csv");
    try (Rulebook asDrl = rulebook(Map.of("segments.drl", resource("segments.drl.txt")));
        Rulebook asTable = rulebook(Map.of("segments.drl.csv", table));
        // KIE's own reader of tables made this of segments.drl.csv (drools-decisiontables 10.2.0).
        Rulebook asKie = rulebook(Map.of("kie.drl", resource("segments.kie.drl.txt")));
        Rulebook asWorkbook =
            rulebook(new RuleFiles(Map.of(), Map.of("segments.drl.xlsx", workbook(table))))) {
      long seed = new Random().nextLong();
      System.out.println("decision tables: seed " + seed);
      List<Lead> leads = leads(new Random(seed));
      List<String> expected = decided(asDrl, leads);
      assertEquals(expected, decided(asTable, leads));
      assertEquals(expected, decided(asWorkbook, leads));
      assertEquals(expected, decided(asKie, leads));
      long territories = expected.stream().distinct().count();
      assertTrue(territories > 10, territories + " different outcomes");
      assertEquals(
          asKie.rules().stream().map(RuleHit::rule).toList(),
          asTable.rules().stream().map(RuleHit::rule).toList(),
          "a rule is called as KIE calls it");
    }
  }

  @Test
  void aRowIsARuleNamedAndPlacedByTableAndRow() throws IOException {
    var files =
        Map.of(
            "areas.drl.csv", HEAD.formatted("employees >=", "route.to($t);") + "US,100,West,x\n");
    try (Rulebook rulebook = rulebook(files)) {
      Lead large = lead(LeadField.COUNTRY, "US", LeadField.EMPLOYEES, 100);
      Decision decision = RulesForTests.decide(rulebook, large, territories("West"));
      assertEquals("assign West", told(decision));
      assertEquals(
          new RuleHit("Areas_7", "areas.drl.csv", 7, 0, "West"), decision.receipt().winner());
    }
  }

  @Test
  void anEmptyCellAsksNothingAndBareWordsAreTextsWhereTheFieldIsOne() throws IOException {
    var files =
        Map.of(
            "areas.drl.csv",
            HEAD.formatted("postalCode in ($param)", "route.to($t);")
                + "DE,\"10115, 10117\",Berlin,x\nFR,,France,x\n");
    try (Rulebook rulebook = rulebook(files)) {
      var snapshot = territories("Berlin", "France");
      Lead berlin = lead(LeadField.COUNTRY, "DE", LeadField.POSTAL_CODE, "10117");
      assertEquals("assign Berlin", told(RulesForTests.decide(rulebook, berlin, snapshot)));
      Lead france = lead(LeadField.COUNTRY, "FR");
      assertEquals("assign France", told(RulesForTests.decide(rulebook, france, snapshot)));
    }
  }

  @Test
  void mistakesAreToldAtTheirCell() {
    assertTold(
        "areas.drl.csv:7:4: rule \"Areas_7\": employees is a number; write it without quotes",
        HEAD.formatted("employees >=", "route.to($t);") + "US,many,West,x\n");
    assertTold(
        "areas.drl.csv:7:1: rule \"Areas_7\": a lead's country is spelled \"DE\", never \"Germany\"",
        HEAD.formatted("employees >=", "route.to($t);") + "Germany,5,West,x\n");
    assertTold(
        "areas.drl.csv:7:4: rule \"Areas_7\": Lead has no field \"employes\"; did you mean"
            + " \"employees\"?",
        HEAD.formatted("employes >= $param", "route.to($t);") + "US,\"5\",West,x\n");
    assertTold(
        "areas.drl.csv:3:1: \"KONDITION\" is no column that is allowed here",
        HEAD.replaceFirst("CONDITION", "KONDITION").formatted("employees", "route.to($t);"));
    assertTold(
        "areas.drl.csv:4:1: unknown fact Led; did you mean \"Lead\"?",
        HEAD.replaceFirst("Lead", "Led").formatted("employees", "route.to($t);"));
    assertTold(
        "areas.drl.csv:1:9: the package of a table is rules",
        HEAD.replaceFirst("rules", "com.acme").formatted("employees", "route.to($t);"));
    assertTold(
        "areas.drl.csv:2:1: \"Functions\" is not allowed in a sheet of rules",
        "RuleSet,rules\nFunctions,void f() { }\n");
    assertTold(
        "areas.drl.csv:2:8: nothing can be imported; leave the row out",
        "RuleSet,rules\nImport,java.util.List\n");
  }

  @Test
  void aWorkbooksMistakeIsToldWithSheetRowAndCell() throws IOException {
    String table = HEAD.formatted("employees >=", "route.to($t);") + "US,many,West,x\n";
    var files = new RuleFiles(Map.of(), Map.of("areas.drl.xlsx", workbook(table)));
    assertEquals(
        "areas.drl.xlsx!Areas:7:2: rule \"Areas_7\": employees is a number; write it without quotes\n"
            + "cell B7: many",
        flaws(files));
    assertEquals(
        "areas.drl.xlsx: this is no XLSX workbook",
        flaws(new RuleFiles(Map.of(), Map.of("areas.drl.xlsx", new byte[] {1, 2, 3})))
            .replaceAll("workbook: .*", "workbook"));
  }

  @Test
  void noCellBecomesAnythingButALiteral() {
    String[] cells = {
      "US\" || country == \"DE",
      "\"US\") then System.exit(0); end rule \"x\" when Lead(country == \"US\"",
      "null || true",
      "$t",
      "US\\u0022",
      "eval(true)",
      "\"US\" /* */ || \"DE\"",
      "5 || employees < 3",
      "new Object()",
      "@{1 + 1}",
      "#{T(java.lang.Runtime)}",
      "=cmd|' /C calc'!A0",
    };
    for (String cell : cells) {
      String quoted = '"' + cell.replace("\"", "\"\"") + '"';
      for (String row :
          List.of(
              quoted + ",5,West,x\n", "US," + quoted + ",West,x\n", "US,5," + quoted + ",x\n")) {
        String csv = HEAD.formatted("employees >=", "route.to($t);") + row;
        var compiled =
            RulebookCompiler.compile(new RuleFiles(Map.of("areas.drl.csv", csv)), SETTINGS);
        if (compiled instanceof Compilation.Ready ready) {
          // Taken as the text it is, which only a territory's name can be.
          assertTrue(row.startsWith("US,5,"), row);
          assertTrue(
              ready.rulebook().rules().stream().allMatch(hit -> cell.equals(hit.territory())), row);
          ready.rulebook().close();
        }
      }
    }
    assertTold(
        "areas.drl.csv:7:11: rule \"Areas_7\": a cell here is a text in quotes, a number, or a"
            + " variable such as $t",
        HEAD.formatted("employees >=", "route.to($param);") + "US,5,West,System.exit(0)\n");
  }

  private static void assertTold(String expected, String csv) {
    String told = flaws(new RuleFiles(Map.of("areas.drl.csv", csv)));
    assertTrue(told.startsWith(expected), told);
  }

  private static String flaws(RuleFiles files) {
    return RulebookCompiler.compile(files, SETTINGS) instanceof Compilation.Refused refused
        ? refused.flaws().stream().map(RuleFlaw::told).collect(Collectors.joining("\n"))
        : "";
  }

  private static Rulebook rulebook(Map<String, String> files) {
    return rulebook(new RuleFiles(files));
  }

  private static Rulebook rulebook(RuleFiles files) {
    if (RulebookCompiler.compile(files, SETTINGS) instanceof Compilation.Ready ready) {
      return ready.rulebook();
    }
    throw new AssertionError(flaws(files));
  }

  private static List<String> decided(Rulebook rulebook, List<Lead> leads) {
    TerritorySnapshot snapshot =
        territories(
            "West",
            "East",
            "Central",
            "Enterprise",
            "Inbound",
            "DACH",
            "France",
            "Iberia",
            "UK",
            "Strategic");
    return rulebook.decide(leads, snapshot, NOON).toCompletableFuture().join().stream()
        .map(RulesForTests::told)
        .toList();
  }

  private static List<Lead> leads(Random random) {
    String[] countries = {"US", "US", "US", "DE", "AT", "CH", "FR", "ES", "GB", "JP"};
    String[] regions = {"CA", "OR", "NY", "TX", "FL"};
    String[] domains = {"globex.example", "acme.example", "initech.example", "x.example"};
    int[] sizes = {0, 1, 49, 50, 99, 100, 999, 1000, 5000, 1_000_000};
    List<Lead> leads = new ArrayList<>();
    for (int i = 0; i < LEADS; i++) {
      var form = new LeadForm();
      if (random.nextInt(10) > 0) {
        form.set(LeadField.COUNTRY, countries[random.nextInt(countries.length)]);
      }
      if (random.nextInt(3) > 0) {
        form.set(LeadField.REGION, regions[random.nextInt(regions.length)]);
      }
      if (random.nextInt(3) > 0) {
        form.set(LeadField.EMPLOYEES, Integer.toString(sizes[random.nextInt(sizes.length)]));
      }
      if (random.nextInt(4) == 0) {
        form.set(LeadField.EMAIL, "a@" + domains[random.nextInt(domains.length)]);
      }
      leads.add(form.lead());
    }
    return leads;
  }

  /** The cells of a CSV text as a workbook; sizes as numbers, as a person would type them. */
  private static byte[] workbook(String csv) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var workbook = new Workbook(bytes, "Bailiwick", "1.0");
    var sheet = workbook.newWorksheet("Areas");
    int row = 0;
    for (var record :
        de.siegmar.fastcsv.reader.CsvReader.builder()
            .allowMissingFields(true)
            .allowExtraFields(true)
            .skipEmptyLines(false)
            .ofCsvRecord(csv)) {
      for (int i = 0; i < record.getFieldCount(); i++) {
        String cell = record.getField(i);
        if (cell.matches("[0-9]+")) {
          sheet.value(row, i, Long.parseLong(cell));
        } else if (!cell.isEmpty()) {
          sheet.value(row, i, cell);
        }
      }
      row++;
    }
    workbook.finish();
    return bytes.toByteArray();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = DecisionTableTest.class.getResourceAsStream("table/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
