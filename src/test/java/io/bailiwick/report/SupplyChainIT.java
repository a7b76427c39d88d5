package io.bailiwick.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the jar is made of, by its bill of materials: nothing known to be bad, nothing half done.
 */
class SupplyChainIT {

  private static final Path BILL = Path.of("target/bom.json");
  private static final Path KNOWN_BAD = Path.of("src/test/resources/known-bad.txt");

  /** A part of the jar. */
  private record Part(String group, String name, String version) {
    boolean is(String wanted) {
      return wanted.equals(group + ":" + name) || wanted.equals(group + ":*");
    }
  }

  /** What must not be in it: a version below {@code least}, or any where that is "never". */
  private record Bad(String what, String least, String why) {}

  @Test
  void noPartOfTheJarIsKnownToBeBad() throws IOException {
    List<Part> parts = parts();
    assertTrue(parts.size() > 50, "the bill is whole");
    List<Bad> all = known();
    List<String> found = new ArrayList<>();
    for (Part part : parts) {
      for (Bad bad : all) {
        boolean never = bad.least().equals("never");
        if (part.is(bad.what()) && (never || below(part.version(), bad.least()))) {
          found.add(part + " before " + bad.least() + ": " + bad.why());
        }
      }
    }
    assertEquals(List.of(), found);
    long named = all.stream().filter(bad -> parts.stream().anyMatch(p -> p.is(bad.what()))).count();
    assertTrue(named > 5, "the list is of parts that are there");
  }

  @Test
  void everyPartIsThereOnceAndReleased() throws IOException {
    Set<String> seen = new HashSet<>();
    for (Part part : parts()) {
      assertTrue(seen.add(part.group() + ":" + part.name()), part + " is there twice");
      assertFalse(part.version().endsWith("-SNAPSHOT"), part + " is not released");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "5.1.9, 5.1.10, true",
    "5.1.10, 5.1.10, false",
    "4.2.20.Final, 4.2.20, false",
    "4.2.19.Final, 4.2.20, true",
    "10.2.0, 9.44.1, false",
    "2.9, 2.15, true",
    "3.54.1.0, 3.53.2, false",
    "7.8.1.202611041320-r, 7.2.1, false"
  })
  void versionsAreComparedByTheirNumbers(String version, String least, boolean below) {
    assertEquals(below, below(version, least));
  }

  private static List<Part> parts() throws IOException {
    List<Part> parts = new ArrayList<>();
    for (JsonNode part : Json.read(Files.readAllBytes(BILL)).path("components")) {
      parts.add(
          new Part(
              part.path("group").asText(),
              part.path("name").asText(),
              part.path("version").asText()));
    }
    return parts;
  }

  private static List<Bad> known() throws IOException {
    return Files.readAllLines(KNOWN_BAD).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\\s+", 3))
        .map(words -> new Bad(words[0], words[1], words[2]))
        .toList();
  }

  private static boolean below(String version, String least) {
    String[] one = version.split("[.-]");
    String[] other = least.split("[.-]");
    for (int i = 0; i < other.length; i++) {
      int difference = number(one, i) - number(other, i);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return false;
  }

  private static int number(String[] parts, int at) {
    return at < parts.length && parts[at].matches("\\d{1,9}") ? Integer.parseInt(parts[at]) : 0;
  }
}
