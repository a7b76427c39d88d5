package io.bailiwick.http;

import io.bailiwick.lead.Nullable;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Prefer} header (RFC 7240); of its preferences only {@code wait} is known here. */
final class Preference {

  private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait=\"?(\\d{1,5})\"?");

  private Preference() {}

  /** How long the sender would wait, at most {@code longest}; null where it does not say. */
  static @Nullable Duration wait(HttpServerRequest request, Duration longest) {
    for (String header : request.headers().getAll("Prefer")) {
      Matcher wait = WAIT.matcher(header);
      if (wait.find()) {
        Duration asked = Duration.ofSeconds(Long.parseLong(wait.group(1)));
        return asked.compareTo(longest) > 0 ? longest : asked;
      }
    }
    return null;
  }
}
