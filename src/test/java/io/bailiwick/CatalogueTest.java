package io.bailiwick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That each fault of the catalogue in docs/proof.md names tests that there are. */
class CatalogueTest {

  private static final Path PROOF = Path.of("docs/proof.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| ([A-Z])(\\d+) \\| ([^|]+) \\| (.+) \\|$", Pattern.MULTILINE);
  private static final Pattern NAMED =
      Pattern.compile("`([A-Z]\\w*(?:IT|Test|Contract))(?:\\.(\\w+))?`");

  /** How many faults of each kind there are. */
  private static final Map<String, Integer> KINDS =
      Map.of("P", 19, "T", 8, "C", 20, "I", 17, "R", 13, "M", 10);

  @Test
  void eachFaultOfTheCatalogueHasItsLineAndEachTestItNamesIsThere() throws IOException {
    Map<String, String> tests = tests();
    Map<String, Integer> seen = new HashMap<>();
    List<String> missing = new ArrayList<>();
    Matcher row = ROW.matcher(Files.readString(PROOF));
    while (row.find()) {
      assertEquals(seen.merge(row.group(1), 1, Integer::sum), Integer.parseInt(row.group(2)));
      assertFalse(row.group(4).startsWith("none"), row.group());
      Matcher named = NAMED.matcher(row.group(4));
      assertTrue(named.find(), row.group());
      do {
        String source = tests.getOrDefault(named.group(1), "");
        String method = named.group(2);
        boolean there = method == null ? !source.isEmpty() : source.contains(method + "(");
        if (!there) {
          missing.add(named.group());
        }
      } while (named.find());
    }
    assertEquals(List.of(), missing);
    assertEquals(KINDS, seen);
  }

  /** The sources of all tests by the names of their classes. */
  private static Map<String, String> tests() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  CatalogueTest::source,
                  (one, another) -> one + another));
    }
  }

  private static String source(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
