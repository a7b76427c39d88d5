package io.bailiwick.service;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;

/** The built jar as a child process, as a user runs it: by its launcher. */
final class JarProcess implements AutoCloseable {

  static final Path JAR = Path.of("target/bailiwick.jar");

  /** What the sandbox lets in. */
  static final String SANDBOX_TOKEN = "sandbox-token";

  private static final Pattern LISTENS = Pattern.compile("listens on (http://localhost:\\d+)");

  private final Process process;
  private final Path log;

  private JarProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** What a command that ends by itself said and how it ended. */
  record Ended(int exit, String out, String err) {}

  /** The environment of a demo with its journal in that folder, on free ports. */
  static Map<String, String> demo(Path folder) {
    return Map.of(
        "BAILIWICK_HTTP_PORT", "0",
        "BAILIWICK_SANDBOX_PORT", "0",
        "BAILIWICK_JOURNAL_URL", "jdbc:sqlite:" + folder.resolve("demo.db"));
  }

  /** Starts a command that runs until it is stopped; its log is appended to a file. */
  static JarProcess start(Path folder, Map<String, String> environment, String... command) {
    return started(folder.resolve(command[0] + ".log"), builder(environment, command));
  }

  /** The same with a main of the tests in place of the jar's own, on the jar's classes. */
  static JarProcess main(Path folder, Map<String, String> environment, List<String> main) {
    String path = JAR + File.pathSeparator + "target/test-classes";
    List<String> line = new ArrayList<>(List.of(java(), "-Xmx512m", "-cp", path));
    line.addAll(main);
    return started(folder.resolve("serve.log"), in(environment, line));
  }

  /** A sandbox on a free port that knows the desk's territories and takes records as they come. */
  static JarProcess sandbox(Path folder) {
    String desk = "src/test/resources/desk/fixtures";
    return start(folder, Map.of(), "sandbox", "--adopt", "--port", "0", "--fixtures", desk);
  }

  private static JarProcess started(Path log, ProcessBuilder builder) {
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new JarProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command to its end; its standard input is empty. */
  static Ended run(Map<String, String> environment, String... command) {
    return fed(environment, "", command);
  }

  /** The same with that on its standard input. */
  static Ended fed(Map<String, String> environment, String input, String... command) {
    try {
      Path err = Files.createTempFile("bailiwick", ".err");
      try {
        return ended(builder(environment, command).redirectError(err.toFile()), input, err);
      } finally {
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Ended ended(ProcessBuilder builder, String input, Path err)
      throws IOException, InterruptedException {
    Process process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException endedBefore) {
      // A command that reads nothing may end before it is fed.
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Assertions.assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the command ends");
    return new Ended(process.exitValue(), out, Files.readString(err));
  }

  /** Waits until it says where it listens; answers the URL. */
  String url() {
    return urlIfAny().orElseThrow(() -> new AssertionError("it ended unheard: " + tail()));
  }

  /** The same; empty where it ends before. */
  Optional<String> urlIfAny() {
    var reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    try {
      String line;
      while ((line = reader.readLine()) != null) {
        Matcher listens = LISTENS.matcher(line);
        if (listens.find()) {
          return Optional.of(listens.group(1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.empty();
  }

  /** Waits until it ends by itself; answers its exit code. */
  int ended() {
    return waitFor();
  }

  /** What the process has taken of the processors so far, all its threads together. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** SIGKILL: nothing of its own runs any more. */
  void kill() {
    process.destroyForcibly();
    waitFor();
  }

  /** SIGTERM, as an operator stops it; answers its exit code. */
  int stop() {
    process.destroy();
    return waitFor();
  }

  /** Whether it has not ended. */
  boolean lives() {
    return process.isAlive();
  }

  /** Sends it that signal, as {@code kill -STOP} does. */
  void signal(String name) {
    try {
      int exit = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
      Assertions.assertEquals(0, exit, "kill -" + name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }

  private int waitFor() {
    try {
      Assertions.assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process ends");
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  /** By the launcher that is shipped: its flags, and the archive where the build made one. */
  private static ProcessBuilder builder(Map<String, String> environment, String... command) {
    List<String> line = new ArrayList<>(List.of("bin/bailiwick"));
    line.addAll(List.of(command));
    return in(environment, line);
  }

  private static ProcessBuilder in(Map<String, String> environment, List<String> line) {
    var builder = new ProcessBuilder(line);
    builder.environment().keySet().removeIf(name -> name.startsWith("BAILIWICK_"));
    builder.environment().put("JAVA", java());
    builder.environment().putAll(environment);
    return builder;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
