package io.bailiwick.sandbox;

import io.bailiwick.lead.Nullable;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts the calls by method, path and status, and how many were under way at once; keeps the last
 * of them one by one.
 */
final class CallLog {

  /** The status of a call whose connection was cut instead of answered. */
  static final int CUT = 0;

  /** The last so many calls are kept one by one. */
  static final int MAX_TRACES = 50_000;

  private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE", "PATCH");
  private static final Set<String> WORDS =
      Set.of(
          "crm",
          "v2",
          "v2.1",
          "v3",
          "v4",
          "v5",
          "v6",
          "v7",
          "v8",
          "org",
          "settings",
          "fields",
          "territories",
          "users",
          "profiles",
          "Leads",
          "Accounts",
          "Contacts",
          "Deals",
          "upsert",
          "actions",
          "assign_territories",
          "remove_territories",
          "__child_territories",
          "associated_users_count",
          "get_feature_specific_info",
          "change_owner",
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
  private final Deque<CallTrace> traces = new ArrayDeque<>();
  private int underWay;
  private int most;
  private int admitted;
  private int heavy;
  private int mostHeavy;
  private long total;

  /** A call begins; it is over the limit where so many that are not are under way already. */
  CallTrace begin(String method, String path, Instant now, @Nullable Integer limit) {
    total++;
    underWay++;
    most = Math.max(most, underWay);
    var trace = new CallTrace(total, method, path, now, underWay);
    if (limit != null && admitted >= limit) {
      trace.over = "concurrency";
    } else {
      admitted++;
    }
    if (traces.size() == MAX_TRACES) {
      traces.removeFirst();
    }
    traces.addLast(trace);
    return trace;
  }

  /** What it brings is known; it is over the limit where it is one heavy call too many. */
  void weigh(CallTrace trace, int records, @Nullable Integer limit) {
    trace.records = records;
    if (trace.heavy()) {
      heavy++;
      mostHeavy = Math.max(mostHeavy, heavy);
      if (limit != null && heavy > limit && trace.over == null) {
        trace.over = "subConcurrency";
        admitted--;
      }
    }
  }

  void end(CallTrace trace, int status, Instant now) {
    underWay--;
    if (trace.over == null || trace.over.equals("credits")) {
      admitted--;
    }
    if (trace.heavy()) {
      heavy--;
    }
    trace.end = now;
    trace.status = status;
    String known = METHODS.contains(trace.method) ? trace.method : "OTHER";
    counts.merge(new Line(known, template(trace.path), status), 1L, Long::sum);
  }

  Map<Line, Long> counts() {
    return counts;
  }

  /** The last calls, oldest first, ended or not. */
  Iterable<CallTrace> traces() {
    return traces;
  }

  int underWay() {
    return underWay;
  }

  int most() {
    return most;
  }

  /** The most writes of more than ten records that were under way at once. */
  int mostHeavy() {
    return mostHeavy;
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
