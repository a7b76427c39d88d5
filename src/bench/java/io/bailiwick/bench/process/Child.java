package io.bailiwick.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of a measurement; closing kills it. Its complaints go to a file beside the others'. */
public final class Child implements AutoCloseable {

  private static final Pattern LISTENS = Pattern.compile("listens on (http://localhost:\\d+)");
  private static final int TAIL = 20;

  private final Process process;
  private final Path log;
  private final BufferedReader out;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    // Also where the measurement itself is interrupted.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** Starts a command with these variables besides the environment's own. */
  public static Child start(Path log, Map<String, String> environment, List<String> command) {
    var builder = new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("BAILIWICK_"));
    builder.environment().putAll(environment);
    try {
      return new Child(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it says where it listens; answers the URL. */
  public String url() {
    for (String line = line(); line != null; line = line()) {
      Matcher listens = LISTENS.matcher(line);
      if (listens.find()) {
        return listens.group(1);
      }
    }
    throw new IllegalStateException("it ended before it listened: " + tail());
  }

  /** Sends a line, and answers the next one that comes. */
  public String ask(String line) {
    try {
      OutputStream in = process.getOutputStream();
      in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(tail(), e);
    }
    String answer = line();
    if (answer == null) {
      throw new IllegalStateException("it ended in place of an answer: " + tail());
    }
    return answer;
  }

  /** All that it says until it ends by itself; fails where that is not with 0. */
  public String ended() {
    try {
      String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("it ended with " + process.exitValue() + ": " + tail());
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** CPU time so far, in seconds. */
  public double cpuSeconds() {
    return Usage.cpuSeconds(pid());
  }

  /** Resident memory, in bytes. */
  public long residentBytes() {
    return Usage.residentBytes(pid());
  }

  /** The most that was resident at a time, in bytes. */
  public long peakBytes() {
    return Usage.peakBytes(pid());
  }

  /** SIGTERM, then waits for its end. */
  public void stop() {
    process.destroy();
    gone();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    gone();
  }

  private void gone() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a process does not end: " + tail());
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String line() {
    try {
      return out.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }
}
