package io.bailiwick.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.Bailiwick;
import io.bailiwick.json.Json;
import io.bailiwick.store.Reached;
import io.bailiwick.store.SqlJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code archive}: what the JVM learned of the jar while a demo ran, kept for the next start. */
@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the archive beside the jar from which bin/bailiwick starts faster: loaded and linked"
          + " classes on Java 17 (bailiwick.jsa), and what is compiled first besides on 25"
          + " (bailiwick.aot). It runs a demo with one lead for that, on a journal of its own.",
      "The build does it. Where the jar was copied, or another JDK runs it, do it again there, as"
          + " who may write beside the jar; without a fitting archive all works as well, and starts"
          + " slower."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:made", "1:not made; the demo could not run", "64:wrong command line"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  bin/bailiwick archive                       in a folder with rules/ and fixtures/",
      "  java -jar target/bailiwick.jar archive"
    })
public final class ArchiveCommand implements Callable<Integer> {

  /** Far more than it takes; a demo that hangs is a failure, not a build that never ends. */
  private static final long PATIENCE_SECONDS = 180;

  private static final List<String> ON_ITS_WAY = List.of("accepted", "decided", "sending");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Path jar = jar();
    boolean ahead = Runtime.version().feature() >= 25;
    Path archive = jar.resolveSibling(ahead ? "bailiwick.aot" : "bailiwick.jsa");
    // One of another JDK would only be in the launcher's way.
    Files.deleteIfExists(jar.resolveSibling("bailiwick.aot"));
    Files.deleteIfExists(jar.resolveSibling("bailiwick.jsa"));
    Path folder = Files.createTempDirectory("bailiwick");
    try {
      String keep = (ahead ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive;
      demo(folder, command(keep, jar));
      if (!Files.exists(archive)) {
        throw new IllegalStateException("this JVM made no archive: " + said(folder));
      }
    } finally {
      delete(folder);
    }
    spec.commandLine()
        .getOut()
        .printf(
            "%s: %d MB, of Java %s; bin/bailiwick starts with it%n",
            archive, Files.size(archive) >> 20, Runtime.version().feature());
    return 0;
  }

  /** Of a JVM with the flags of {@code bin/bailiwick}. */
  private static List<String> command(String keep, Path jar) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return List.of(
        java.toString(),
        "-XX:+UseSerialGC",
        "-Xmx512m",
        keep,
        "-jar",
        jar.toString(),
        "serve",
        "--demo");
  }

  private static Path jar() throws URISyntaxException {
    Path jar = Path.of(Bailiwick.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException("only of a jar: java -jar target/bailiwick.jar archive");
    }
    return jar;
  }

  /** A service that starts, routes a lead and stops, as one does. */
  private static void demo(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Path journal = folder.resolve("journal.db");
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("BAILIWICK_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "BAILIWICK_JOURNAL_URL", "jdbc:sqlite:" + journal,
                "BAILIWICK_HTTP_PORT", "0",
                "BAILIWICK_SANDBOX_PORT", "0"));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile());
    Process process = builder.start();
    try {
      AskedService service = AskedService.of(reached(process, folder, journal));
      ObjectNode lead = Json.mapper().createObjectNode();
      lead.put("crmId", "1").put("country", "US").put("region", "CA");
      String path = "/v1/leads/" + service.post("/v1/leads", lead).path("id").asText();
      long end = end();
      while (ON_ITS_WAY.contains(service.get(path).path("status").asText())) {
        waited(process, folder, end);
      }
      service.get("/readyz");
      process.destroy();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the demo did not stop: " + said(folder));
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static Reached reached(Process process, Path folder, Path journal)
      throws IOException, InterruptedException {
    long end = end();
    Optional<Reached> reached = SqlJournal.service(journal);
    while (reached.isEmpty()) {
      waited(process, folder, end);
      reached = SqlJournal.service(journal);
    }
    return reached.get();
  }

  private static long end() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
  }

  /** A moment later; throws where the demo ended, or took too long. */
  private static void waited(Process process, Path folder, long end)
      throws IOException, InterruptedException {
    if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
      throw new IllegalStateException("the demo could not run: " + said(folder));
    }
  }

  /** The end of what the demo said. */
  private static String said(Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("said"));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      files.forEach(
          file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    Files.delete(folder);
  }
}
