package io.bailiwick.simulation;

import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The rules of all schedules, compiled once a thread: a rulebook judges on its caller's. */
final class SimulatedRules {

  static final Map<String, String> TERRITORY =
      Map.of("US", "West Region", "DE", "Central Europe", "JP", "Japan");

  /** Without the rule for Japan, whose leads then match nothing. */
  static final RuleVersion EARLY = version("US", "DE");

  static final RuleVersion RIGHT = version("US", "DE", "JP");

  private static final ThreadLocal<Map<String, Rulebook>> COMPILED =
      ThreadLocal.withInitial(
          () -> Map.of(EARLY.hash(), compile(EARLY), RIGHT.hash(), compile(RIGHT)));

  private SimulatedRules() {}

  static Rulebook compiled(String hash) {
    return COMPILED.get().get(hash);
  }

  private static RuleVersion version(String... countries) {
    var routing = new StringBuilder();
    for (String country : countries) {
      routing.append(
          """
          rule "%1$s" salience 50
          when Lead( country == "%1$s" )
               $t : Territory( name == "%2$s" )
          then route.to($t); end
          """
              .formatted(country, TERRITORY.get(country)));
    }
    var files = Map.of("routing.drl", routing.toString(), "readiness.drl", readiness());
    return new RuleVersion(new RuleFiles(files), Map.of());
  }

  private static Rulebook compile(RuleVersion version) {
    var settings = JudgeSettings.onCallersThread(Duration.ofMinutes(15), "simulation");
    Compilation compiled = RulebookCompiler.compile(version.files(), settings);
    if (compiled instanceof Compilation.Ready ready) {
      return ready.rulebook();
    }
    throw new AssertionError(((Compilation.Refused) compiled).flaws().toString());
  }

  /** The rules that are shipped, so that the simulated flow is judged as the real one is. */
  private static String readiness() {
    try {
      return Files.readString(Path.of("rules/readiness.drl"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
