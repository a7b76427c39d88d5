package io.bailiwick.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One HTTP call to the pretend API, decoded. */
@SuppressWarnings("ArrayRecordComponent") // Calls are read, never compared.
record ApiCall(
    String method, String path, List<String> segments, Map<String, String> query, byte[] body) {

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
    return new ApiCall(method, path, parts, query(mark < 0 ? "" : uri.substring(mark + 1)), body);
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
