package io.bailiwick.crm;

import io.bailiwick.lead.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * How a call ended, as far as it concerns every other call.
 *
 * @param retryAfter how long the CRM asks to wait; null where it does not say
 * @param creditsLeft what it says is left of the day's credits; null where it does not say
 */
record Ended(How how, @Nullable Duration retryAfter, @Nullable Integer creditsLeft) {

  /** A closed set. */
  enum How {
    /** The CRM answered, whatever it said of this call. */
    WORKED,
    /** Too many calls. */
    LIMITED,
    /** No answer, or one of a server in trouble. */
    FAILED,
    /** Nothing came of it that tells anything of the CRM. */
    UNTOLD
  }

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  /** Nothing was sent. */
  static final Ended NOTHING = new Ended(How.UNTOLD, null, null);

  /** {@code now} is for a Retry-After that is a date. */
  static Ended of(Heard heard, Instant now) {
    if (!(heard instanceof Heard.Answered answered)) {
      boolean ours = heard instanceof Heard.NoToken || heard instanceof Heard.Shut;
      return new Ended(ours ? How.UNTOLD : How.FAILED, null, null);
    }
    Reply reply = answered.reply();
    if (limited(reply)) {
      return new Ended(How.LIMITED, RetryAfter.of(reply, reply.json(), now), left(reply));
    }
    return new Ended(reply.status() >= 500 ? How.FAILED : How.WORKED, null, left(reply));
  }

  /** The body is read only where the status leaves it open; a long list is not read twice. */
  private static boolean limited(Reply reply) {
    if (reply.status() == 429) {
      return true;
    }
    var body = reply.status() == 400 ? reply.json() : null;
    return body != null && body.path("code").asText().equals("TOO_MANY_REQUESTS");
  }

  /** Zoho's header, which appears when half of the credits are used. */
  private static @Nullable Integer left(Reply reply) {
    String header = reply.headers().get("x-api-credits-remaining");
    return header == null || !NUMBER.matcher(header.strip()).matches()
        ? null
        : Integer.valueOf(header.strip());
  }
}
