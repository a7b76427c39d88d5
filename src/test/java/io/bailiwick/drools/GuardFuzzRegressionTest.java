package io.bailiwick.drools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.RuleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the fuzzer begins with and what it found once, run again; and its oracle by itself. */
class GuardFuzzRegressionTest {

  private static final String FIELDS = "{seats: number, customer: yes-no}";

  static final Path CORPUS = Path.of("src/test/resources/io/bailiwick/drools/fuzz");

  @TestFactory
  List<DynamicTest> nothingThatWasFoundOnceIsFoundAgain() throws IOException {
    try (Stream<Path> files = Files.list(CORPUS)) {
      return files
          .sorted()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(),
                      () -> GuardFuzzer.fuzzerTestOneInput(Files.readAllBytes(file))))
          .toList();
    }
  }

  @Test
  void theOracleKnowsEveryWordOfTheLanguage() {
    var files = new RuleFiles(ManyRules.files(38));
    var ready = (Compilation.Ready) RulebookCompiler.compile(files, RulesForTests.SETTINGS);
    try (var rulebook = (DroolsRulebook) ready.rulebook()) {
      assertEquals(List.of(), CompiledOracle.strange(rulebook.compiled()));
    }
  }

  /** Drools writes other code for the same comparison alone, in a group and in a group of one. */
  @Test
  void theOracleKnowsEveryComparisonInEveryPlace() {
    List<String> comparisons = new ArrayList<>();
    for (String sign : List.of("==", "!=", "<", "<=", ">", ">=")) {
      comparisons.add("employees != null && employees " + sign + " 99");
      comparisons.add("seats != null && seats " + sign + " 9");
    }
    comparisons.addAll(List.of("city == \"c\"", "city != null && city != \"c\""));
    comparisons.addAll(List.of("customer == true", "customer != null && customer != true"));
    comparisons.addAll(List.of("employees in (1, 2)", "city in (\"a\", \"b\")"));
    comparisons.add("employees != null && employees not in (1, 2)");
    comparisons.add("city != null && city not in (\"a\", \"b\")");
    List<String> places =
        List.of(
            "%s",
            "(%s) || annualRevenue == null",
            "annualRevenue == null || (annualRevenue > 10 && (%s))",
            "region == \"CA\" && (annualRevenue == 7 || (%s))");
    StringBuilder rules = new StringBuilder();
    for (String place : places) {
      for (String comparison : comparisons) {
        String when = "Lead( " + place.formatted(comparison) + " )";
        rules.append("rule \"").append(when.replace("\"", "'")).append("\" when ").append(when);
        rules.append(" $t : Territory( name == \"West\" ) then route.to($t); end\n");
      }
    }
    var files = new RuleFiles(Map.of("main.drl", rules.toString(), "fields.yaml", FIELDS));
    var compilation = RulebookCompiler.compile(files, RulesForTests.SETTINGS);
    var ready = assertInstanceOf(Compilation.Ready.class, compilation, compilation::toString);
    try (var rulebook = (DroolsRulebook) ready.rulebook()) {
      assertEquals(List.of(), CompiledOracle.strange(rulebook.compiled()));
    }
  }

  @Test
  void theOracleSeesWhatARuleShouldNotName() throws Exception {
    String[] codes = {
      "System.setProperty(\"x\", \"y\");",
      "insert(Territory.missing(\"x\"));",
      "route.getClass();",
      "String.valueOf(1);",
      "new Object() { };",
      "Runnable r = () -> { }; r.run();",
    };
    for (String code : codes) {
      String rule = "rule \"0\" when Lead( country == \"US\" ) then " + code + " end";
      List<String> strange = CompiledOracle.strange(SessionTest.compiled(rule, 1));
      assertTrue(!strange.isEmpty(), code);
    }
    String called = "rule \"0\" when Lead( city.isBlank() ) then route.queue(\"a\", \"b\"); end";
    List<String> strange = CompiledOracle.strange(SessionTest.compiled(called, 1));
    assertTrue(strange.toString().contains("java/lang/String.isBlank"), strange.toString());
  }

  @Test
  void theOracleReadsReferencesOfAClassFile() throws IOException {
    try (var in = Attacks.class.getResourceAsStream("Attacks.class")) {
      ClassReferences references = ClassReferences.of(in.readAllBytes());
      assertTrue(references.members().contains("java/nio/file/Files.readString"));
      assertTrue(references.classes().contains("java/io/UncheckedIOException"));
      assertTrue(references.members().stream().anyMatch(m -> m.startsWith("invokedynamic.")));
    }
  }
}
