package io.bailiwick.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A main of the tests in a process of its own, on a disk of ours. */
public final class ChildJvm {

  private ChildJvm() {}

  /** Runs it to its end, which must be a good one; answers what it said. */
  public static String run(Map<String, String> environment, Class<?> main, String... arguments)
      throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    line.add(main.getName());
    line.addAll(List.of(arguments));
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
    assertEquals(0, process.exitValue(), said);
    return said;
  }
}
