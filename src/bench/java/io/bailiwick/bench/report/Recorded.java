package io.bailiwick.bench.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The figures kept in the repository, by name: what the next run is held against. */
public final class Recorded {

  /**
   * One of them.
   *
   * @param median of the ratio, or of the value where the figure has no limit
   * @param spread of it when it was recorded
   */
  public record Mark(double median, double spread) {}

  private final SortedMap<String, Mark> marks;

  private Recorded(Map<String, Mark> marks) {
    this.marks = new TreeMap<>(marks);
  }

  /** Nothing. */
  public static Recorded none() {
    return new Recorded(Map.of());
  }

  /** What the file holds; nothing where there is none. */
  public static Recorded read(Path file) {
    if (!Files.exists(file)) {
      return none();
    }
    try {
      return new Recorded(
          new ObjectMapper().readValue(file.toFile(), new TypeReference<Map<String, Mark>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read; --record writes it anew", e);
    }
  }

  /** What is known of a figure. */
  public Optional<Mark> of(Figure figure) {
    return Optional.ofNullable(marks.get(figure.name()));
  }

  /** These figures in place of what was known of them; the others stay. */
  public Recorded with(Results results) {
    Map<String, Mark> all = new TreeMap<>(marks);
    for (Figure figure : results.figures()) {
      Series compared = figure.compared();
      all.put(figure.name(), new Mark(rounded(compared.median()), rounded(compared.spread())));
    }
    return new Recorded(all);
  }

  /** Writes them, one a line, so that a change shows as one line. */
  public void write(Path file) {
    var text = new StringBuilder("{\n");
    var mapper = new ObjectMapper();
    try {
      for (var mark : marks.entrySet()) {
        text.append(text.length() == 2 ? "" : ",\n")
            .append("  \"%s\": ".formatted(mark.getKey()))
            .append(mapper.writeValueAsString(mark.getValue()));
      }
      Files.writeString(file, text.append("\n}\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(4)).doubleValue();
  }
}
