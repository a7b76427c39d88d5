package io.bailiwick.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bailiwick.bench.report.Figure.Pair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

  private static final Machine MACHINE =
      new Machine("Chip", 2, 8L << 30, "Linux 6", "17 X", "ext4", "-Xmx512m");

  private static Report report(Recorded recorded) {
    var pair = new Pair(Series.of(8_000, 8_200, 7_900), "echo", Series.of(10_000, 10_000, 10_000));
    var rate = Figure.over("accept", "accepted", "leads/s", pair, Goal.least(0.9));
    var memory = Figure.alone("memory", "resident", "MB", Series.of(123.4), Goal.most(220));
    var curve =
        new Curve(
            "growth",
            "A cost & its <growth>",
            "leads",
            "µs",
            List.of(new Curve.Point(1_000, 2.5), new Curve.Point(1_000_000, 3)));
    return new Report(
        new Results(List.of(rate, memory), List.of(curve)),
        List.of("replay: there is no file"),
        recorded,
        MACHINE,
        "bin/bench --only accept",
        Instant.parse("2026-01-15T12:00:00Z"),
        0.1);
  }

  @Test
  void aLineHasTheValueItsLimitTheRatioTheTargetTheRecordAndTheVerdict() {
    Recorded before = Recorded.none().with(report(Recorded.none()).results());
    String page = new Page(report(before)).text();
    assertTrue(
        page.contains(
            "| accepted | 8,000 leads/s | 2 % | echo 10,000 | 0.800 | 2 % | ≥ 0.900 | 0.800 |"
                + " below its target |"),
        page);
    assertTrue(page.contains("| resident | 123 MB |  |  |  |  | ≤ 220 | 123 | reached |"), page);
    assertTrue(page.contains("    bin/bench --only accept"), page);
    assertTrue(page.contains("Not measured: replay: there is no file"), page);
    assertTrue(page.contains("![A cost & its <growth>](bench-growth.svg)"), page);
  }

  @Test
  void numbersLookTheSameWhereverTheyAreWritten() {
    Locale usual = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertTrue(new Page(report(Recorded.none())).text().contains("| 0.800 |"));
      assertTrue(new Page(report(Recorded.none())).text().contains("average when it began: 0.1."));
    } finally {
      Locale.setDefault(usual);
    }
  }

  @Test
  void theFilesAreAPageJsonAndAPictureACurve(@TempDir Path folder) throws Exception {
    report(Recorded.none()).write(folder);
    assertTrue(Files.readString(folder.resolve("bench.md")).startsWith("# What Bailiwick costs"));
    JsonNode json = new ObjectMapper().readTree(folder.resolve("bench.json").toFile());
    JsonNode rate = json.path("figures").path(0);
    assertEquals(0.8, rate.path("ratio").path("median").asDouble());
    assertEquals("echo", rate.path("limit").path("of").asText());
    assertEquals(3, rate.path("limit").path("samples").size());
    assertEquals("missed", rate.path("verdict").asText());
    assertEquals(2, json.path("machine").path("cores").asInt());
    var svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("bench-growth.svg").toFile());
    assertEquals(2, svg.getElementsByTagName("circle").getLength());
  }

  @Test
  void whatBecameWorseIsNamedInTheComplaint() {
    var better = Figure.alone("memory", "resident", "MB", Series.of(100), Goal.most(220));
    Report worse = report(Recorded.none().with(Results.of(better)));
    assertEquals(List.of("memory"), worse.regressed().stream().map(Figure::name).toList());
    assertEquals("memory: 123, recorded 100", worse.complaint());
  }
}
