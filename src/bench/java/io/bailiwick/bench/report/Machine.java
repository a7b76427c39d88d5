package io.bailiwick.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where it was measured, without names of hosts or places.
 *
 * @param processor its model, as the system tells it
 * @param cores that the processes share
 * @param memoryBytes of the machine
 * @param system and its release
 * @param java version and vendor
 * @param disk the kind of file system that the journals were on
 * @param flags of the JVM, as shipped
 */
public record Machine(
    String processor,
    int cores,
    long memoryBytes,
    String system,
    String java,
    String disk,
    String flags) {

  /** This one; {@code work} is where the journals are. */
  public static Machine here(Path work, String flags) {
    try {
      return new Machine(
          told(Path.of("/proc/cpuinfo"), "model name"),
          Runtime.getRuntime().availableProcessors(),
          Long.parseLong(told(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "")) * 1_024,
          System.getProperty("os.name") + " " + System.getProperty("os.version"),
          System.getProperty("java.version") + " " + System.getProperty("java.vendor"),
          Files.getFileStore(work).type(),
          flags);
    } catch (IOException e) {
      throw new UncheckedIOException("the suite needs Linux's /proc", e);
    }
  }

  /** In one line. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%s, %d cores, %.0f GiB, %s, Java %s, journals on %s, JVM flags `%s`",
        processor,
        cores,
        memoryBytes / (double) (1L << 30),
        system,
        java,
        disk,
        flags);
  }

  private static String told(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("0");
  }
}
