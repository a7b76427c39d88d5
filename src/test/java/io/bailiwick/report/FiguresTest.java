package io.bailiwick.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.checker.Condition;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What README and docs/proof.md say of how much is proved is what the tests do in their short form,
 * and what README says of cost is what was recorded.
 */
class FiguresTest {

  private static final Pattern ROW =
      Pattern.compile(
          "^\\| (.+) \\| ([\\d,]+) \\| `-Dit\\.test='?([*\\w]+)'? -D([\\w.-]+)=\\d+` \\|$",
          Pattern.MULTILINE);

  private static final Pattern COST =
      Pattern.compile(
          "^\\|[^|]+\\| ([\\d.]+)[^|]*\\|[^|]+\\|[^|]+\\| `([a-z0-9-]+)` \\|$", Pattern.MULTILINE);

  private static final Pattern FUZZED = Pattern.compile("\\.run\\(\\s*([\\d_]+),");

  private static final Path MUTANTS = Path.of("src/test/resources/io/bailiwick/simulation/mutants");

  @Test
  void eachFigureOfTheProofIsTheShortFormOfItsTest() throws IOException {
    var seen = new TreeMap<String, Long>();
    List<String> wrong = new ArrayList<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("docs/proof.md")));
    while (row.find()) {
      long told = number(row.group(2));
      seen.put(row.group(4), told);
      long done =
          switch (row.group(4)) {
            case "fuzz.inputs" -> fuzzed();
            case "mutant.seeds" -> patches();
            default -> ofSource(row.group(3), row.group(4));
          };
      if (told != done) {
        wrong.add("%s: %d, by the test %d".formatted(row.group(1), told, done));
      }
      if (row.group(4).equals("mutant.seeds")) {
        String within = "within %,d seeds".formatted(ofSource("MutantsIT", "mutant.seeds"));
        assertTrue(row.group(1).contains(within), row.group(1) + " is " + within);
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(14, seen.size(), "all rows are understood: " + seen);
  }

  @Test
  void whatReadmeSaysOfABuildIsWhatItDoes() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    assertEquals(
        ofSource("SimulationTest", "simulation.seeds"),
        figure(readme, "runs ([\\d,]+) seeded schedules"));
    assertEquals(ofSource("KillIT", "kills"), figure(readme, "kills the real jar ([\\d,]+) times"));
  }

  @Test
  void whatReadmeSaysOfCostIsWhatWasRecordedLast() throws IOException {
    JsonNode recorded = Json.read(Files.readAllBytes(Path.of("src/bench/recorded.json")));
    List<String> told = new ArrayList<>();
    List<String> measured = new ArrayList<>();
    Matcher row = COST.matcher(Files.readString(Path.of("README.md")));
    while (row.find()) {
      String name = row.group(2);
      told.add(name + " " + new BigDecimal(row.group(1)).toPlainString());
      measured.add(
          name + " " + rounded(recorded.path(name).path("median").asDouble()).toPlainString());
    }
    assertEquals(measured, told);
    assertTrue(told.size() > 10, "its rows are understood: " + told);
  }

  /** To three digits, as figures are told. */
  private static BigDecimal rounded(double value) {
    return new BigDecimal(value).round(new MathContext(3, RoundingMode.HALF_UP));
  }

  @Test
  void eachPromiseOfTheCheckerIsInItsTable() throws IOException {
    String proof = Files.readString(Path.of("docs/proof.md"));
    for (Condition condition : Condition.values()) {
      assertTrue(proof.contains("| `" + condition + "` |"), "" + condition);
    }
  }

  private static long figure(String text, String pattern) {
    Matcher figure = Pattern.compile(pattern).matcher(text);
    assertTrue(figure.find(), pattern);
    return number(figure.group(1));
  }

  private static long number(String text) {
    return Long.parseLong(text.replaceAll("[,_]", ""));
  }

  /** What a test does where nobody says how much. */
  private static long ofSource(String test, String property) {
    String known = "get(?:Integer|Long)\\(\"" + Pattern.quote(property) + "\", ([\\d_]+)\\)";
    Matcher constant = Pattern.compile(known).matcher(sources("/" + test + ".java").get(0));
    assertTrue(constant.find(), test + " knows no " + property);
    return number(constant.group(1));
  }

  private static long fuzzed() {
    return sources("FuzzIT.java").stream()
        .flatMap(source -> FUZZED.matcher(source).results())
        .mapToLong(inputs -> number(inputs.group(1)))
        .sum();
  }

  private static long patches() throws IOException {
    try (Stream<Path> files = Files.list(MUTANTS)) {
      return files.count();
    }
  }

  private static List<String> sources(String end) {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files.filter(file -> file.toString().endsWith(end)).map(FiguresTest::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
