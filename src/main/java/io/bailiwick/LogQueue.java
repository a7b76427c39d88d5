package io.bailiwick;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import io.bailiwick.lead.Nullable;
import io.bailiwick.watch.Handover;
import java.io.ByteArrayOutputStream;
import java.time.Duration;

/**
 * Log lines on their way to standard error, which may be slow: whoever has one waits for nothing,
 * and a line that finds no room is dropped. They are written in their order, a moment later, those
 * of a moment together: to write each by itself is a call of the system for each.
 */
public final class LogQueue extends UnsynchronizedAppenderBase<ILoggingEvent> {

  /** The most lines that wait. */
  private static final int MOST = 8_192;

  /** Bytes that are kept for one writing at most, and the line that makes them more. */
  private static final int PORTION = 32 * 1024;

  private static final Duration REST = Duration.ofMillis(50);

  private final Handover<ILoggingEvent> lines =
      new Handover<>("log-lines", MOST, REST, new Writing());
  private @Nullable Encoder<ILoggingEvent> encoder;

  /** Logback makes it as logback.xml says. */
  public LogQueue() {}

  /** How a line looks; before it is started. */
  public void setEncoder(Encoder<ILoggingEvent> encoder) {
    this.encoder = encoder;
  }

  @Override
  public void start() {
    if (encoder == null) {
      addError("an encoder is missing");
      return;
    }
    super.start();
    lines.start();
  }

  /** What waits is written first. */
  @Override
  public void stop() {
    if (isStarted()) {
      super.stop();
      lines.close();
    }
  }

  @Override
  protected void append(ILoggingEvent line) {
    line.prepareForDeferredProcessing();
    lines.offer(line);
  }

  /** On the thread of the hand-over. */
  private final class Writing implements Handover.Taker<ILoggingEvent> {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * PORTION);

    @Override
    public void take(ILoggingEvent line) {
      if (encoder != null) {
        bytes.writeBytes(encoder.encode(line));
      }
      if (bytes.size() >= PORTION) {
        rest();
      }
    }

    @Override
    public void rest() {
      System.err.write(bytes.toByteArray(), 0, bytes.size());
      System.err.flush();
      bytes.reset();
    }
  }
}
