package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Programs of the machine that samples need. */
public final class Programs {

  private Programs() {}

  /** Skips the test, and says why, where the machine has no such program. */
  public static void need(String program) throws Exception {
    String found = run(Map.of(), "sh", "-c", "command -v " + program + " || true");
    Assumptions.assumeFalse(found.isBlank(), program + " is not installed");
  }

  /** Runs a command to its end; answers what it said. */
  public static String run(Map<String, String> environment, String... command) throws Exception {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process started = builder.start();
    started.getOutputStream().close();
    String out = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(started.waitFor(60, TimeUnit.SECONDS), "it ends");
    return out;
  }
}
