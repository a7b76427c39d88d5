package io.bailiwick.bench;

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
import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * A million leads of a packed NDJSON file, decided by the shipped rules and compared between those
 * and a changed copy in a JVM of 512 MiB, beside only parsing the same file in the same run:
 * medians of samples taken in turn. Says the heap's peak, and how many times the parsing the whole
 * costs.
 */
final class LeadStreaming {

  private static final int SAMPLES = 3;
  private static final Path RULES = Path.of("rules");
  private static final String CHANGED = "40-segments.drl";
  private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
  private static final List<String> COUNTRIES =
      List.of("US", "United States", "Germany", "FR", "SE", "Japan", "ES", "BR", "NL", "Atlantis");

  private LeadStreaming() {}

  /** The measured process; its argument is the leads' file. */
  public static void main(String[] args) {
    measure(Path.of(args[0]));
  }

  /** Writes so many leads, a million without an argument, and measures them in a process. */
  static void print(List<String> arguments) throws IOException, InterruptedException {
    Path file = Files.createTempFile("leads", ".ndjson.gz");
    try {
      write(file, arguments.isEmpty() ? 1_000_000 : Integer.parseInt(arguments.get(0)));
      System.out.printf("%,d bytes packed%n", Files.size(file));
      int exit =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx512m",
                  "-cp",
                  classpath(),
                  LeadStreaming.class.getName(),
                  file.toString())
              .inheritIO()
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IllegalStateException("the measured JVM ended with " + exit);
      }
    } finally {
      Files.delete(file);
    }
  }

  private static void measure(Path file) {
    var world = territories();
    TerritorySnapshot snapshot = Replay.snapshot(world, NOW);
    double[] parsed = new double[SAMPLES];
    double[] decided = new double[SAMPLES];
    double[] compared = new double[SAMPLES];
    try (Rulebook rules = rules(RuleFolder.read(RULES), 2);
        Rulebook base = rules(RuleFolder.read(RULES), 1);
        Rulebook candidate = rules(changed(RuleFolder.read(RULES)), 1)) {
      parse(file);
      for (int i = 0; i < SAMPLES; i++) {
        parsed[i] = seconds(() -> parse(file));
        decided[i] = seconds(() -> decide(file, rules, snapshot));
        compared[i] = seconds(() -> compare(file, base, candidate, snapshot));
      }
    }
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    System.out.printf(
        "heap at most %,d MiB, its pools' peaks together %,d MiB%n",
        Runtime.getRuntime().maxMemory() >> 20, peak >> 20);
    System.out.printf("parsed  in %.1f s (median of %s)%n", median(parsed), told(parsed));
    System.out.printf("decided in %.1f s (median of %s)%n", median(decided), told(decided));
    System.out.printf("compared in %.1f s (median of %s)%n", median(compared), told(compared));
    System.out.printf(
        "ratio to parsing: decided %.2f, base against candidate %.2f%n",
        median(decided) / median(parsed), median(compared) / median(parsed));
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

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static String told(double[] values) {
    return Arrays.stream(values)
        .mapToObj(value -> "%.1f".formatted(value))
        .collect(Collectors.joining(", "));
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

  private static String classpath() {
    ClassLoader loader = LeadStreaming.class.getClassLoader();
    return loader instanceof URLClassLoader urls
        ? Arrays.stream(urls.getURLs())
            .map(URL::toString)
            .map(url -> Path.of(URI.create(url)).toString())
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }
}
