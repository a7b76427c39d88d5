package io.bailiwick.drools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.report.Reliability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A minute of the fuzzer on the guard, in a process of its own. {@code -Dfuzz.seconds=N} for
 * longer, 0 for as long as nothing is found and nobody stops it; {@code -Dfuzz.seed=N} to begin as
 * another run did. What it finds stands in {@code target/fuzz}; put it beside the corpus, see
 * GuardFuzzRegressionTest fail, then mend the guard.
 */
class GuardFuzzIT {

  private static final long SECONDS = Long.getLong("fuzz.seconds", 60);
  private static final Path FOLDER = Path.of("target/fuzz");
  private static final Path LOG = FOLDER.resolve("fuzz.log");
  private static final Pattern DONE = Pattern.compile("Done ([0-9]+) runs in [0-9]+ second");

  /** Words that chance alone would not find. */
  private static final List<String> WORDS =
      List.of(
          "System.exit(0)",
          "Lead( ",
          "Territory( ",
          "Placement( ",
          "$t : ",
          "route.to($t);",
          "route.queue(\\\"x\\\");",
          "country == \\\"US\\\"",
          "employees >= ",
          " in (",
          " not in (",
          " matches ",
          " contains ",
          " str[startsWith] ",
          " != null",
          " == null",
          " && ",
          " || ",
          "!(",
          "then ",
          "when ",
          "end ",
          "rule ",
          "salience ",
          "date-effective ",
          "eval(",
          " from ",
          "exists ",
          "not ",
          "import ",
          "function ",
          "declare ",
          "query ",
          "dialect ",
          "enabled ",
          "/*",
          "*/",
          "//",
          "\\x0a",
          "$param",
          "RuleTable ",
          "CONDITION",
          "ACTION",
          "key country",
          "Flag.NO",
          "\\\\u0022",
          "${",
          "@{",
          "new ",
          "this.",
          "drools.");

  @Test
  void theGuardWithstandsAMinuteOfTheFuzzer() throws Exception {
    long seed = Long.getLong("fuzz.seed", new Random().nextLong() & 0x7FFFFFFF);
    System.out.println("fuzzer: seed " + seed);
    Path corpus = Files.createDirectories(FOLDER.resolve("corpus"));
    Path words = FOLDER.resolve("words.txt");
    Files.write(words, WORDS.stream().map(word -> '"' + word + '"').toList());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + GuardFuzzer.class.getName(),
                "--instrumentation_includes=io.bailiwick.drools.**",
                // That a rule may say a regular expression is no finding; how long it takes is.
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection",
                "--reproducer_path=" + FOLDER,
                "-max_total_time=" + SECONDS,
                "-timeout=60",
                "-rss_limit_mb=0",
                "-max_len=2000",
                "-print_final_stats=1",
                "-seed=" + seed,
                "-dict=" + words,
                "-artifact_prefix=" + FOLDER + "/",
                corpus.toString(),
                GuardFuzzRegressionTest.CORPUS.toString())
            .redirectErrorStream(true)
            .redirectOutput(LOG.toFile())
            .start();
    int exit = process.waitFor();
    assertEquals(0, exit, () -> "seed " + seed + ": " + tail());
    Matcher done = DONE.matcher(Files.readString(LOG));
    assertTrue(done.find(), GuardFuzzIT::tail);
    System.out.println("fuzzer: " + done.group());
    long inputs = Long.parseLong(done.group(1));
    Reliability.tell("fuzz rules", Map.of("seed", seed, "inputs", inputs, "broken", 0));
    assertTrue(inputs > 100, done.group());
  }

  private static String tail() {
    try {
      List<String> lines = Files.readAllLines(LOG);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
