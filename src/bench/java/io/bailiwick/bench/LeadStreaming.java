package io.bailiwick.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bailiwick.bench.process.Child;
import io.bailiwick.bench.process.Java;
import io.bailiwick.bench.report.Series;
import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.json.TerritoriesJson;
import io.bailiwick.lead.Change;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.replay.Replay;
import io.bailiwick.replay.RuleFolder;
import io.bailiwick.replay.compare.Comparer;
import io.bailiwick.replay.compare.Comparison;
import io.bailiwick.replay.compare.Row;
import io.bailiwick.replay.leads.LeadFiles;
import io.bailiwick.replay.leads.LeadOutcomes;
import io.bailiwick.replay.leads.LeadStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * A million leads of a packed NDJSON file, decided by the shipped rules and compared between those
 * and a changed copy in a JVM of 512 MiB, beside only parsing the same file in the same run:
 * medians of samples taken in turn. Says the heap's peak, and how many times the parsing the whole
 * costs.
 */
public final class LeadStreaming {

  private static final int SAMPLES = 3;
  private static final Path RULES = Path.of("rules");
  private static final String CHANGED = "40-segments.drl";
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
  private static final List<String> COUNTRIES =
      List.of("US", "United States", "Germany", "FR", "SE", "Japan", "ES", "BR", "NL", "Atlantis");

  /**
   * What was found, in seconds, sample by sample; all of a kind were taken in turn with the others.
   *
   * @param parsed the file only read and parsed
   * @param decided by the shipped rules on two threads
   * @param compared between those and a changed copy, on a thread each
   * @param peakBytes of the heap's pools together
   */
  public record Times(
      List<Double> parsed, List<Double> decided, List<Double> compared, long peakBytes) {}

  private LeadStreaming() {}

  /** The measured process; its arguments are the leads' file and how many samples. */
  public static void main(String[] args) throws IOException {
    Times times = measure(Path.of(args[0]), Integer.parseInt(args[1]));
    System.out.println(new ObjectMapper().writeValueAsString(times));
  }

  /** Writes so many leads and measures them in a process of 512 MiB. */
  public static Times times(int leads, int samples) throws IOException {
    Path file = Files.createTempFile("leads", ".ndjson.gz");
    Path log = Files.createTempFile("leads", ".log");
    try {
      write(file, leads);
      List<String> command =
          Java.whole(
              List.of("-Xmx512m"), LeadStreaming.class, file.toString(), Integer.toString(samples));
      try (Child child = Child.start(log, Map.of(), command)) {
        return new ObjectMapper().readValue(child.ended(), Times.class);
      }
    } finally {
      Files.delete(file);
      Files.delete(log);
    }
  }

  /** A million leads without an argument. */
  static void print(List<String> arguments) throws IOException {
    Times times =
        times(arguments.isEmpty() ? 1_000_000 : Integer.parseInt(arguments.get(0)), SAMPLES);
    double parsed = print("parsed", times.parsed());
    double decided = print("decided", times.decided());
    double compared = print("compared", times.compared());
    System.out.printf("heap's pools' peaks together %,d MiB%n", times.peakBytes() >> 20);
    System.out.printf(
        "ratio to parsing: decided %.2f, base against candidate %.2f%n",
        decided / parsed, compared / parsed);
  }

  private static double print(String what, List<Double> seconds) {
    double median = new Series(seconds).median();
    System.out.printf("%s in %.1f s (median of %s)%n", what, median, seconds);
    return median;
  }

  private static Times measure(Path file, int samples) {
    var world = territories();
    TerritorySnapshot snapshot = Replay.snapshot(world, NOW);
    List<Double> parsed = new ArrayList<>();
    List<Double> decided = new ArrayList<>();
    List<Double> compared = new ArrayList<>();
    try (Rulebook rules = rules(RuleFolder.read(RULES), 2);
        Rulebook base = rules(RuleFolder.read(RULES), 1);
        Rulebook candidate = rules(changed(RuleFolder.read(RULES)), 1)) {
      // The first pass compiles; it is of none.
      for (int i = 0; i <= samples; i++) {
        parsed.add(seconds(() -> parse(file)));
        decided.add(seconds(() -> decide(file, rules, snapshot)));
        compared.add(seconds(() -> compare(file, base, candidate, snapshot)));
      }
    }
    List.of(parsed, decided, compared).forEach(all -> all.remove(0));
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    return new Times(parsed, decided, compared, peak);
  }

  private static void parse(Path file) {
    try (LeadStream leads = LeadFiles.open(List.of(file), SourceMapping.PLAIN)) {
      leads.forEachBatch(LeadOutcomes.BATCH, batch -> {});
      if (leads.unreadable().size() > 0) {
        throw new IllegalStateException("unread: " + leads.unreadable());
      }
    }
  }

  private static void decide(Path file, Rulebook rules, TerritorySnapshot snapshot) {
    try (LeadStream leads = LeadFiles.open(List.of(file), SourceMapping.PLAIN)) {
      LeadOutcomes outcomes = LeadOutcomes.of(leads, rules, snapshot, NOW, () -> {});
      if (outcomes.leads() != leads.rows()) {
        throw new IllegalStateException("not all were decided");
      }
    }
  }

  private static void compare(
      Path file, Rulebook base, Rulebook candidate, TerritorySnapshot snapshot) {
    try (LeadStream leads = LeadFiles.open(List.of(file), SourceMapping.PLAIN)) {
      var comparer = new Comparer(new Comparer.Sides(base, candidate, null), changed -> {});
      leads.forEachBatch(LeadOutcomes.BATCH, batch -> comparer.take(Row.of(batch), snapshot, NOW));
      Comparison comparison = comparer.finish();
      if (comparison.total() != leads.rows() || comparison.count(Change.SAME) == leads.rows()) {
        throw new IllegalStateException(comparison.counts().toString());
      }
    }
  }

  /** A bound that one of the shipped rules tests, set elsewhere: many leads move. */
  private static RuleFiles changed(RuleFiles rules) {
    Map<String, String> texts = new TreeMap<>(rules.texts());
    String from = "employees >= 5000";
    if (!String.valueOf(texts.get(CHANGED)).contains(from)) {
      throw new IllegalStateException("there is no " + from + " in " + CHANGED);
    }
    texts.compute(CHANGED, (file, text) -> text.replace(from, "employees >= 50"));
    return new RuleFiles(texts, rules.sheets());
  }

  private static double seconds(Runnable work) {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1e9;
  }

  private static Rulebook rules(RuleFiles files, int threads) {
    var settings =
        JudgeSettings.onCallersThread(Duration.ofMinutes(15), "bench").onThreads(threads);
    var compiled = RulebookCompiler.compile(files, settings);
    return ((Compilation.Ready) compiled).rulebook();
  }

  private static TerritoriesJson.World territories() {
    try {
      return TerritoriesJson.read(Files.readAllBytes(Path.of("fixtures/territories.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, int leads) throws IOException {
    var random = new Random(1);
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
      for (int i = 0; i < leads; i++) {
        out.write(
            """
            {"crmId":"%d","source":"web","email":"person%d@company%d.example","firstName":"Ana",\
            "lastName":"Diaz","company":"Company %d","country":"%s","region":"%s","city":"Town",\
            "industry":"Software","employees":%d,"language":"en"}
            """
                .formatted(
                    i,
                    i,
                    random.nextInt(5_000),
                    random.nextInt(5_000),
                    COUNTRIES.get(random.nextInt(COUNTRIES.size())),
                    random.nextBoolean() ? "CA" : "NY",
                    random.nextInt(9_000)));
      }
    }
  }
}
