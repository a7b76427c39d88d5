package io.bailiwick.command;

import io.bailiwick.lead.Nullable;
import io.bailiwick.replay.leads.LeadStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One line on a terminal that says how far long work is: rows, rate, and when it will be done.
 * Drawn without colour or any escape; silent where nobody watches: standard error is no terminal,
 * or a dumb one.
 */
final class Progress {

  private static final long EVERY_NANOS = 200_000_000L;
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  /** How far the work is: rows done, and its part {@code done} of {@code whole}, 0 if unknown. */
  record Point(long rows, long done, long whole) {}

  private final @Nullable PrintWriter terminal;
  private final LongSupplier nanos;
  private final long begun;
  private long shown;
  private int width;

  /** {@code terminal} is null where nobody watches. */
  Progress(@Nullable PrintWriter terminal, LongSupplier nanos) {
    this.terminal = terminal;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
    this.shown = begun;
  }

  /** On standard error, where that is a terminal that may be drawn on. */
  static Progress onTerminal(PrintWriter err) {
    return new Progress(drawable(System.getenv()) ? err : null, System::nanoTime);
  }

  /**
   * Does work that cannot say how far it is, such as compiling; a line says what is done and for
   * how long now, once that is a second.
   */
  <T> T during(String what, Supplier<T> work) {
    return during(() -> what, work);
  }

  /** The same of work that can say how far it is, in the words of each moment. */
  <T> T during(Supplier<String> what, Supplier<T> work) {
    if (terminal == null) {
      return work.get();
    }
    long start = nanos.getAsLong();
    ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
    Runnable tick = () -> draw(running(what.get(), nanos.getAsLong() - start));
    Future<?> ticking = ticks.scheduleAtFixedRate(tick, 1, 1, TimeUnit.SECONDS);
    try {
      return work.get();
    } finally {
      ticking.cancel(false);
      ticks.shutdownNow();
      awaitQuietly(ticks);
      end();
    }
  }

  /** Such as {@code compiling the rules, 12 s}. */
  static String running(String what, long elapsedNanos) {
    return what + ", " + spoken(Duration.ofNanos(elapsedNanos));
  }

  /** Shows how far the stream is, whenever it is run. */
  Runnable of(LeadStream stream) {
    return () -> show(new Point(stream.rows(), stream.done(), stream.whole()));
  }

  /** Shows the line, at most five times a second. */
  void show(Point point) {
    long now = nanos.getAsLong();
    if (terminal == null || now - shown < EVERY_NANOS) {
      return;
    }
    shown = now;
    draw(line(point, now - begun));
  }

  private synchronized void draw(String line) {
    if (terminal == null) {
      return;
    }
    terminal.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
    terminal.flush();
    width = line.length();
  }

  /** Takes the line away. */
  synchronized void end() {
    if (terminal != null && width > 0) {
      terminal.print("\r" + " ".repeat(width) + "\r");
      terminal.flush();
      width = 0;
    }
  }

  /** Such as {@code 120,000 rows, 41,000 a second, 37 %, 12 s to go}. */
  static String line(Point point, long elapsedNanos) {
    double seconds = Math.max(1, elapsedNanos) / 1e9;
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, "%,d rows, %,.0f a second", point.rows(), point.rows() / seconds));
    if (point.whole() > 0 && point.done() > 0) {
      double share = Math.min(1, (double) point.done() / point.whole());
      var left = Duration.ofSeconds(Math.round(seconds * (1 - share) / share));
      text.append(String.format(Locale.ROOT, ", %.0f %%, %s to go", share * 100, spoken(left)));
    }
    return text.toString();
  }

  private static String spoken(Duration left) {
    if (left.toMinutes() == 0) {
      return left.toSeconds() + " s";
    }
    return left.toHours() == 0
        ? left.toMinutes() + " min"
        : left.toHours() + " h " + left.toMinutesPart() + " min";
  }

  private static void awaitQuietly(ScheduledExecutorService ticks) {
    try {
      boolean ended = ticks.awaitTermination(1, TimeUnit.SECONDS);
      assert ended : "drawing a line takes no second";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean drawable(Map<String, String> environment) {
    return !environment.getOrDefault("TERM", "dumb").equals("dumb") && isTerminal();
  }

  /** Standard error alone; Java's console also wants standard input and output to be terminals. */
  @SuppressWarnings("SystemConsoleNull") // Where /proc is not, an answer too often is a line more.
  private static boolean isTerminal() {
    if (!Files.exists(STANDARD_ERROR)) {
      return System.console() != null;
    }
    try {
      String device = STANDARD_ERROR.toRealPath().toString();
      return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }
}
