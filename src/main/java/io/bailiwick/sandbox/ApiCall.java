package io.bailiwick.sandbox;

import io.bailiwick.lead.Nullable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One HTTP call to the pretend API, decoded.
 *
 * @param unmodifiedSince what it changes only where nobody changed it since; null for anyhow
 */
@SuppressWarnings("ArrayRecordComponent") // Calls are read, never compared.
record ApiCall(
    String method,
    String path,
    List<String> segments,
    Map<String, String> query,
    byte[] body,
    @Nullable Instant unmodifiedSince) {

  /** The same on that condition, as a header says it: an instant or a date of HTTP. */
  ApiCall unless(@Nullable String modifiedSince) {
    Instant since = modifiedSince == null ? null : instant(modifiedSince.strip());
    return new ApiCall(method, path, segments, query, body, since);
  }

  /** A date that cannot be read is as if it were not there (RFC 9110, 13.1.4). */
  private static @Nullable Instant instant(String text) {
    for (DateTimeFormatter form :
        List.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME, DateTimeFormatter.RFC_1123_DATE_TIME)) {
      try {
        return Instant.from(form.parse(text));
      } catch (DateTimeException other) {
        // The other form is tried, or none fits.
      }
    }
    return null;
  }

  /** Throws IllegalArgumentException where an escape in the address is malformed. */
  static ApiCall of(String method, String uri, byte[] body) {
    int mark = uri.indexOf('?');
    String path = mark < 0 ? uri : uri.substring(0, mark);
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      segments.add(decoded(segment.replace("+", "%2B")));
    }
    // A path begins with a slash, so the first part is what stands before it: nothing.
    List<String> parts = segments.subList(1, segments.size());
    Map<String, String> query = query(mark < 0 ? "" : uri.substring(mark + 1));
    return new ApiCall(method, path, parts, query, body, null);
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
