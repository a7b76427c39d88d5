package io.bailiwick.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.Nullable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/**
 * How long the CRM asks us to wait: the {@code Retry-After} header as seconds or as an HTTP-date
 * (RFC 9110, section 10.2.3), else {@code details.retry_after} of the body.
 */
final class RetryAfter {

  /** A shorter wait is raised to this. */
  static final Duration LEAST = Duration.ofSeconds(1);

  /** A longer one is cut to this. */
  static final Duration MOST = Duration.ofHours(1);

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,100}");

  private RetryAfter() {}

  /** Within the bounds; null where nothing is given that can be understood. */
  static @Nullable Duration of(Reply reply, @Nullable JsonNode body, Instant now) {
    String header = reply.headers().get("retry-after");
    Duration wait = header == null ? null : read(header.strip(), now);
    if (wait == null && body != null) {
      wait = seconds(body.path("details").path("retry_after").asText());
    }
    return wait == null ? null : bounded(wait);
  }

  private static @Nullable Duration read(String text, Instant now) {
    Duration seconds = seconds(text);
    if (seconds != null) {
      return seconds;
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Duration.between(now, date.toInstant());
    } catch (DateTimeException garbage) {
      return null;
    }
  }

  private static @Nullable Duration seconds(String text) {
    if (!SECONDS.matcher(text).matches()) {
      return null;
    }
    return text.length() > 9 ? MOST : Duration.ofSeconds(Long.parseLong(text));
  }

  private static Duration bounded(Duration wait) {
    if (wait.compareTo(LEAST) < 0) {
      return LEAST;
    }
    return wait.compareTo(MOST) > 0 ? MOST : wait;
  }
}
