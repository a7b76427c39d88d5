package io.bailiwick.sandbox;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts the calls by method, path and status, and how many were under way at once. */
final class CallLog {

  /** The status of a call whose connection was cut instead of answered. */
  static final int CUT = 0;

  private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE", "PATCH");
  private static final Set<String> WORDS =
      Set.of(
          "crm",
          "v2",
          "v8",
          "settings",
          "territories",
          "users",
          "profiles",
          "Leads",
          "Accounts",
          "actions",
          "assign_territories",
          "remove_territories",
          "oauth",
          "token");
  private static final int MAX_SEGMENTS = 6;

  /** One line: ids in the path are written {@code {id}}, so that there are few lines. */
  record Line(String method, String path, int status) implements Comparable<Line> {

    @Override
    public int compareTo(Line other) {
      int byPath = path.compareTo(other.path);
      int byMethod = byPath != 0 ? byPath : method.compareTo(other.method);
      return byMethod != 0 ? byMethod : Integer.compare(status, other.status);
    }
  }

  private final TreeMap<Line, Long> counts = new TreeMap<>();
  private int underWay;
  private int most;
  private long total;

  void begin() {
    total++;
    underWay++;
    most = Math.max(most, underWay);
  }

  void end(String method, String path, int status) {
    underWay--;
    String known = METHODS.contains(method) ? method : "OTHER";
    counts.merge(new Line(known, template(path), status), 1L, Long::sum);
  }

  Map<Line, Long> counts() {
    return counts;
  }

  int underWay() {
    return underWay;
  }

  int most() {
    return most;
  }

  long total() {
    return total;
  }

  private static String template(String path) {
    var text = new StringBuilder();
    int segments = 0;
    for (String segment : path.substring(1).split("/", -1)) {
      if (++segments > MAX_SEGMENTS) {
        return text.append("/…").toString();
      }
      text.append('/').append(WORDS.contains(segment) ? segment : "{id}");
    }
    return text.toString();
  }
}
