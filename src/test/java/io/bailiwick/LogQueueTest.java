package io.bailiwick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogQueueTest {

  private static final int LINES = 5_000;

  private final LoggerContext context = new LoggerContext();
  private final PrintStream before = System.err;
  private final Counting written = new Counting(new ByteArrayOutputStream());

  /** Standard error that counts how often it is written to. */
  private static final class Counting extends PrintStream {
    private final ByteArrayOutputStream bytes;
    private final AtomicInteger times = new AtomicInteger();

    Counting(ByteArrayOutputStream bytes) {
      super(bytes, true, StandardCharsets.UTF_8);
      this.bytes = bytes;
    }

    @Override
    public void write(byte[] content, int from, int length) {
      times.incrementAndGet();
      super.write(content, from, length);
    }
  }

  @BeforeEach
  void listen() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    System.setErr(written);
  }

  @AfterEach
  void leave() {
    System.setErr(before);
  }

  @Test
  void linesAreWrittenInTheirOrderAndThoseOfAMomentTogether() {
    var queue = new LogQueue();
    queue.setContext(context);
    queue.setEncoder(encoder());
    queue.start();
    IntStream.range(0, LINES).forEach(i -> queue.doAppend(line(i)));
    queue.stop();
    String all =
        IntStream.range(0, LINES).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    assertEquals(all, written.bytes.toString(StandardCharsets.UTF_8));
    assertTrue(written.times.get() < LINES / 10, written.times + " times");
  }

  @Test
  void withoutAnEncoderItDoesNotStart() {
    var queue = new LogQueue();
    queue.setContext(context);
    queue.start();
    assertFalse(queue.isStarted());
  }

  private PatternLayoutEncoder encoder() {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg%n");
    encoder.start();
    return encoder;
  }

  private ILoggingEvent line(int number) {
    var logger = context.getLogger("test");
    return new LoggingEvent("test", logger, Level.INFO, "line {}", null, new Object[] {number});
  }
}
