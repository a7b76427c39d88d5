package io.bailiwick;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import io.bailiwick.lead.Nullable;
import io.bailiwick.watch.Handover;
import java.time.Duration;
import java.util.Iterator;

/**
 * Log lines on their way to a console that may be slow: whoever has one waits for nothing, and a
 * line that finds no room is dropped. They are written in their order, a moment later.
 */
public final class LogQueue extends UnsynchronizedAppenderBase<ILoggingEvent>
    implements AppenderAttachable<ILoggingEvent> {

  /** The most lines that wait. */
  private static final int MOST = 8_192;

  private static final Duration REST = Duration.ofMillis(50);

  private final AppenderAttachableImpl<ILoggingEvent> written = new AppenderAttachableImpl<>();
  private final Handover<ILoggingEvent> lines =
      new Handover<>("log-lines", MOST, REST, written::appendLoopOnAppenders);

  /** Logback makes it as logback.xml says. */
  public LogQueue() {}

  @Override
  public void start() {
    super.start();
    lines.start();
  }

  /** What waits is written first. */
  @Override
  public void stop() {
    if (isStarted()) {
      super.stop();
      lines.close();
      written.detachAndStopAllAppenders();
    }
  }

  @Override
  protected void append(ILoggingEvent line) {
    line.prepareForDeferredProcessing();
    lines.offer(line);
  }

  @Override
  public void addAppender(Appender<ILoggingEvent> appender) {
    written.addAppender(appender);
  }

  @Override
  public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
    return written.iteratorForAppenders();
  }

  @Override
  public @Nullable Appender<ILoggingEvent> getAppender(String name) {
    return written.getAppender(name);
  }

  @Override
  public boolean isAttached(Appender<ILoggingEvent> appender) {
    return written.isAttached(appender);
  }

  @Override
  public void detachAndStopAllAppenders() {
    written.detachAndStopAllAppenders();
  }

  @Override
  public boolean detachAppender(Appender<ILoggingEvent> appender) {
    return written.detachAppender(appender);
  }

  @Override
  public boolean detachAppender(String name) {
    return written.detachAppender(name);
  }
}
