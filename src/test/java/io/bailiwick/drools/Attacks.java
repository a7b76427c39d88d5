package io.bailiwick.drools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The corpus of attacks: files that try to run code, to deceive a reader or to exhaust the machine,
 * one attack each. {@code NAME.fields.yaml}, {@code NAME.hours.yaml} and {@code NAME.table.csv}
 * stand beside a rule that is right. What reaches anything would set the property or make the file
 * named here.
 */
final class Attacks {

  /** Set by an attack that reached the system. */
  static final String PROPERTY = "bailiwick.reached";

  /** Made by an attack that reached the disk. */
  static final Path FILE = Path.of("target/reached");

  private static final Path FOLDER = Path.of("src/test/resources/io/bailiwick/drools/attacks");
  private static final Path TOLD = FOLDER.resolveSibling("attacks.txt");
  private static final String PLAIN =
      "rule \"Plain\" when Lead( country == \"US\" ) then route.queue(\"x\"); end";

  private Attacks() {}

  /** The names of the files whose name ends so, in their order. */
  static List<String> names(String ending) {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of one. */
  static String text(String name) {
    return read(FOLDER.resolve(name));
  }

  /** The files of a rulebook in which this one stands where it would stand. */
  static Map<String, String> files(String name) {
    String text = text(name);
    Map<String, String> files = new TreeMap<>();
    if (name.endsWith(".drl") || name.endsWith(".drl.csv")) {
      files.put(name, text);
      return files;
    }
    files.put("main.drl", PLAIN);
    if (name.endsWith(".fields.yaml")) {
      files.put("fields.yaml", text);
    } else if (name.endsWith(".hours.yaml")) {
      files.put("hours.yaml", text);
    } else {
      files.put("reach.csv", text);
    }
    return files;
  }

  /** What must be told of each, by its name: the first line of the first flaw. */
  static Map<String, String> told() {
    Map<String, String> told = new LinkedHashMap<>();
    String[] lines = read(TOLD).split("\n");
    for (int i = 0; i + 1 < lines.length; i += 2) {
      told.put(lines[i], lines[i + 1].strip());
    }
    return told;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
