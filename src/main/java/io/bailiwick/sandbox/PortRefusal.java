package io.bailiwick.sandbox;

import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import java.time.Duration;

/** What an error status means to the caller of the port face: the same as to the real client. */
final class PortRefusal {

  private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
  private static final Duration MOST_WAIT = Duration.ofHours(1);

  private PortRefusal() {}

  static Outcome outcome(int status, @Nullable Integer retryAfter) {
    Duration wait = wait(retryAfter);
    String detail = "the sandbox answered " + status;
    return switch (status) {
      case 401, 403, 407 -> new Outcome.Unauthorized(detail);
      case 429 -> new Outcome.RateLimited(wait, detail);
      case 404, 500, 503 -> new Outcome.Unavailable(wait, detail);
      case 408 -> new Outcome.Unknown(detail);
      default -> status < 500 ? new Outcome.Rejected(detail) : new Outcome.Unknown(detail);
    };
  }

  private static @Nullable Duration wait(@Nullable Integer seconds) {
    if (seconds == null) {
      return null;
    }
    Duration wait = Duration.ofSeconds(seconds);
    return wait.compareTo(LEAST_WAIT) < 0
        ? LEAST_WAIT
        : wait.compareTo(MOST_WAIT) > 0 ? MOST_WAIT : wait;
  }
}
