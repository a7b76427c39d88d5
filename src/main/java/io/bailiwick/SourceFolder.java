package io.bailiwick;

import io.bailiwick.json.SourceMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The field mappings under {@code rules/sources}. A mapping that is wrong stops the start, with its
 * file and line; while the service runs, the last good one of its source stays.
 */
final class SourceFolder implements Supplier<Map<String, SourceMapping>> {

  private static final Logger LOG = LoggerFactory.getLogger(SourceFolder.class);

  private static final String ENDING = ".yaml";

  /** What can be used, and what cannot and why. */
  private record Mappings(Map<String, SourceMapping> good, List<String> problems) {}

  private final Path folder;
  private volatile Mappings current;

  /** Reads the folder; throws where a mapping is wrong. */
  SourceFolder(Path folder) {
    this.folder = folder;
    Map<String, SourceMapping> mappings = new HashMap<>();
    for (Path file : files()) {
      mappings.put(source(file), read(file));
    }
    this.current = new Mappings(Map.copyOf(mappings), List.of());
  }

  @Override
  public Map<String, SourceMapping> get() {
    return current.good();
  }

  /** What is wrong with mappings whose last good ones serve, one line each. */
  List<String> problems() {
    return current.problems();
  }

  /** Reads the folder again; blocks. */
  void refresh() {
    Mappings before = current;
    Map<String, SourceMapping> good = new HashMap<>();
    List<String> problems = new ArrayList<>();
    try {
      for (Path file : files()) {
        refresh(file, before, good, problems);
      }
    } catch (UncheckedIOException e) {
      good.putAll(before.good());
      problems.add(String.valueOf(e.getMessage()));
    }
    current = new Mappings(Map.copyOf(good), List.copyOf(problems));
    if (!problems.equals(before.problems())) {
      problems.forEach(problem -> LOG.warn("{}; the mapping as it was before stays", problem));
    }
  }

  private static void refresh(
      Path file, Mappings before, Map<String, SourceMapping> good, List<String> problems) {
    String source = source(file);
    try {
      good.put(source, read(file));
    } catch (IllegalArgumentException | UncheckedIOException e) {
      problems.add(String.valueOf(e.getMessage()));
      SourceMapping last = before.good().get(source);
      if (last != null) {
        good.put(source, last);
      }
    }
  }

  private static SourceMapping read(Path file) {
    try {
      return SourceMapping.parse(source(file), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the source mapping " + file, e);
    }
  }

  private static String source(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ENDING.length());
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the source mappings in " + folder, e);
    }
  }
}
