package io.bailiwick.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * One run: what was found, where and when, beside what was recorded.
 *
 * @param failed measures that could not be taken, each with why
 * @param command that repeats it
 * @param load how busy the machine was when it began, by its load average
 */
public record Report(
    Results results,
    List<String> failed,
    Recorded recorded,
    Machine machine,
    String command,
    Instant begun,
    double load) {

  /** With what another measure found. */
  public Report and(Results more) {
    return new Report(results.and(more), failed, recorded, machine, command, begun, load);
  }

  /** Without a measure that could not be taken. */
  public Report without(String why) {
    List<String> all = new ArrayList<>(failed);
    all.add(why);
    return new Report(results, all, recorded, machine, command, begun, load);
  }

  /** The figures that are worse than recorded by more than noise. */
  public List<Figure> regressed() {
    return results.figures().stream()
        .filter(figure -> verdict(figure) == Verdict.REGRESSED)
        .toList();
  }

  /** The regressed figures, a line each. */
  public String complaint() {
    return Page.worse(this);
  }

  /** What is to be said of a figure. */
  public Verdict verdict(Figure figure) {
    return Verdict.of(figure, recorded.of(figure));
  }

  /** Writes {@code bench.md}, {@code bench.json} and a picture a curve. */
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("bench.md"), new Page(this).text());
      Files.writeString(folder.resolve("bench.json"), json());
      for (Curve curve : results.curves()) {
        Files.writeString(folder.resolve(picture(curve)), new Drawing(curve).svg());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String picture(Curve curve) {
    return "bench-" + curve.name() + ".svg";
  }

  private String json() throws IOException {
    var mapper = new ObjectMapper();
    ObjectNode all = mapper.createObjectNode();
    all.put("begun", begun.truncatedTo(ChronoUnit.SECONDS).toString());
    all.put("command", command);
    all.put("load_average", load);
    failed.forEach(all.withArray("failed")::add);
    all.set("machine", mapper.valueToTree(machine));
    ArrayNode figures = all.putArray("figures");
    for (Figure figure : results.figures()) {
      ObjectNode one = figures.addObject();
      one.put("name", figure.name()).put("title", figure.title()).put("unit", figure.unit());
      put(one.putObject("value"), figure.value());
      if (figure.limit() != null) {
        put(one.putObject("limit").put("of", figure.limit().name()), figure.limit().value());
        put(one.putObject("ratio"), figure.compared());
      }
      if (figure.goal().set()) {
        String bound = figure.goal().better() == Goal.Better.HIGHER ? "at_least" : "at_most";
        one.putObject("target").put(bound, figure.goal().bound());
      }
      recorded.of(figure).ifPresent(mark -> one.set("recorded", mapper.valueToTree(mark)));
      one.put("verdict", verdict(figure).name().toLowerCase(java.util.Locale.ROOT));
    }
    all.set("curves", mapper.valueToTree(results.curves()));
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
  }

  private static void put(ObjectNode into, Series series) {
    into.put("median", series.median())
        .put("spread", series.spread())
        .putPOJO("samples", series.samples());
  }
}
