package io.bailiwick;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import org.slf4j.LoggerFactory;

/** How log lines look: text for people as logback.xml has it, or JSON, one object a line. */
final class Logging {

  private Logging() {}

  /** Takes {@code log.format} into force for the whole process. */
  static void use(Config config) {
    if (!config.text(Config.LOG_FORMAT).equals("json")) {
      return;
    }
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithContext(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithMDC(false);
    encoder.start();
    // As in logback.xml: no event loop waits for a console.
    var queue = new LogQueue();
    queue.setContext(context);
    queue.setEncoder(encoder);
    queue.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.addAppender(queue);
  }

  /** Writes what is still queued; the last thing before the process ends. */
  static void close() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }
}
