package io.bailiwick;

import io.bailiwick.json.SourceMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The field mappings under {@code rules/sources}, read once at start. A mapping that is wrong stops
 * the start, with its file and line.
 */
final class SourceFolder implements Supplier<Map<String, SourceMapping>> {

  private static final String ENDING = ".yaml";

  private final Map<String, SourceMapping> mappings;

  SourceFolder(Path folder) {
    this.mappings = Map.copyOf(read(folder));
  }

  @Override
  public Map<String, SourceMapping> get() {
    return mappings;
  }

  private static Map<String, SourceMapping> read(Path folder) {
    Map<String, SourceMapping> mappings = new HashMap<>();
    if (!Files.isDirectory(folder)) {
      return mappings;
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> yaml = files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
      for (Path file : yaml) {
        String name = file.getFileName().toString();
        String source = name.substring(0, name.length() - ENDING.length());
        mappings.put(source, SourceMapping.parse(source, Files.readString(file)));
      }
      return mappings;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the source mappings in " + folder, e);
    }
  }
}
