package io.bailiwick.http;

import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;

/** Lengths of time as people write them in a request. */
final class Spans {

  private Spans() {}

  /** A length such as 30m, 12h, 7d or PT90S, not below nothing; refuses others by their name. */
  static Duration read(String name, String text) {
    try {
      String days = text.toUpperCase(Locale.ROOT);
      Duration length =
          text.startsWith("P")
              ? Duration.parse(text)
              : Duration.parse(text.endsWith("d") ? "P" + days : "PT" + text);
      if (!length.isNegative()) {
        return length;
      }
    } catch (DateTimeException e) {
      // Told below, with samples.
    }
    throw new Refusal(
        ProblemType.INVALID_REQUEST, name + " must be a time such as 30m, 12h, 7d or PT90S.");
  }
}
