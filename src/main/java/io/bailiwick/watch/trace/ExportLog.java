package io.bailiwick.watch.trace;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the exporter has to say goes into our log, one line each; it limits itself how often. */
final class ExportLog extends Handler {

  private static final Logger LOG = LoggerFactory.getLogger("io.opentelemetry");

  /** The platform forgets a logger's handlers when nobody holds the logger. */
  private static final java.util.logging.Logger THEIRS =
      java.util.logging.Logger.getLogger("io.opentelemetry");

  private ExportLog() {}

  static synchronized void install() {
    if (THEIRS.getHandlers().length == 0) {
      THEIRS.setUseParentHandlers(false);
      THEIRS.addHandler(new ExportLog());
    }
  }

  @Override
  public void publish(LogRecord line) {
    if (line.getLevel().intValue() >= java.util.logging.Level.WARNING.intValue()) {
      LOG.warn("traces: {}", line.getMessage());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
