package io.bailiwick.http.access;

import io.bailiwick.lead.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Every route and who may take it: the one place where that is said. */
public final class RouteTable {

  /**
   * {@code recorded}: who took it stands in the record of who did what. Sources' leads do not: they
   * have histories of their own. {@code early}: it is answered before the rules serve.
   */
  private static final String TABLE =
      """
      GET    /                          all early
      GET    /workbench/*               all early
      GET    /livez                     all early
      GET    /readyz                    all early
      GET    /openapi.json              all early
      GET    /problems/:slug            all early
      GET    /metrics                   viewer analyst operator
      POST   /v1/leads                  form source operator early
      GET    /v1/leads                  source viewer analyst operator
      POST   /v1/leads/search           analyst operator
      GET    /v1/leads/:id              source viewer analyst operator
      GET    /v1/leads/:id/why          analyst operator
      GET    /v1/leads/:id/fixture      analyst operator
      DELETE /v1/leads/:id              operator recorded
      POST   /v1/erasures               operator recorded
      POST   /v1/leads/:id/retry        operator recorded
      POST   /v1/leads/:id/decide       operator recorded
      POST   /v1/leads/:id/assign       operator recorded
      POST   /v1/leads/:id/close        operator recorded
      POST   /v1/retries                operator recorded
      POST   /v1/realignments           operator recorded
      POST   /v1/jobs/:id/undo          operator recorded
      GET    /v1/jobs                   viewer analyst operator
      GET    /v1/jobs/:id               viewer analyst operator
      POST   /v1/jobs/:id/stop          operator recorded
      POST   /v1/jobs/:id/resume        operator recorded
      POST   /v1/pause                  operator recorded
      POST   /v1/resume                 operator recorded
      POST   /v1/decisions              analyst operator
      GET    /v1/territories            viewer analyst operator
      POST   /v1/territories/refresh    analyst operator recorded
      GET    /v1/territories/:id/members analyst operator
      GET    /v1/audits                 viewer analyst operator
      GET    /v1/audits/findings        viewer analyst operator
      GET    /v1/audits/:id             viewer analyst operator
      POST   /v1/audits                 analyst operator recorded
      GET    /v1/doctor                 viewer analyst operator
      GET    /v1/readiness              viewer analyst operator
      GET    /v1/rules                  viewer analyst operator
      POST   /v1/rules/check            analyst operator
      POST   /v1/replays                analyst operator
      GET    /v1/replays                analyst operator
      GET    /v1/replays/:id            analyst operator
      GET    /v1/replays/:id/row        analyst operator
      GET    /v1/replays/:id/report     analyst operator
      POST   /v1/replays/:id/mutants    analyst operator
      POST   /v1/bisections             analyst operator
      GET    /v1/bisections/:id         analyst operator
      GET    /v1/rules/:name            viewer analyst operator
      PUT    /v1/rules/:name            analyst operator recorded
      POST   /v1/rules/publish          operator recorded
      GET    /v1/rules/shadow           viewer analyst operator
      POST   /v1/rules/shadow           analyst operator recorded
      DELETE /v1/rules/shadow           analyst operator recorded
      PUT    /v1/connection             operator recorded
      GET    /v1/session                all
      GET    /v1/overview               viewer analyst operator
      GET    /v1/events                 viewer analyst operator
      GET    /v1/sandbox                viewer analyst operator
      POST   /v1/sandbox                operator recorded
      GET    /v1/settings               operator
      GET    /v1/keys                   operator
      POST   /v1/keys                   operator recorded
      POST   /v1/keys/:id/rotate        operator recorded
      DELETE /v1/keys/:id               operator recorded
      GET    /v1/activity               operator
      """;

  /**
   * A route with who may take it.
   *
   * @param recorded whether it is recorded who took it
   * @param early whether it is answered before the rules serve
   */
  public record Row(String method, String path, Set<Role> roles, boolean recorded, boolean early) {

    public Row {
      roles = Set.copyOf(roles);
    }

    /** As the manual names it: {@code POST /v1/leads/:id/close}. */
    public String route() {
      return method + " " + path;
    }
  }

  private static final Map<String, Row> ROWS = read();

  private RouteTable() {}

  /** All rows by their routes, in the order of the table. */
  public static Map<String, Row> rows() {
    return ROWS;
  }

  /** The row of a route; throws IllegalStateException for one that nobody has thought of. */
  public static Row of(String method, String path) {
    Row row = ROWS.get(method + " " + path);
    if (row == null) {
      throw new IllegalStateException(
          "%s %s is not in RouteTable: say who may take it".formatted(method, path));
    }
    return row;
  }

  private static Map<String, Row> read() {
    Map<String, Row> rows = new LinkedHashMap<>();
    TABLE
        .lines()
        .map(line -> line.split(" +"))
        .forEach(
            words -> {
              var roles = EnumSet.noneOf(Role.class);
              boolean recorded = false;
              boolean early = false;
              for (String word : Arrays.asList(words).subList(2, words.length)) {
                switch (word) {
                  case "all" -> roles.addAll(EnumSet.allOf(Role.class));
                  case "recorded" -> recorded = true;
                  case "early" -> early = true;
                  case "form" -> roles.add(Role.FORM);
                  default -> roles.add(Role.ofKey(word).orElseThrow());
                }
              }
              var row = new Row(words[0], words[1], roles, recorded, early);
              rows.put(row.route(), row);
            });
    return java.util.Collections.unmodifiableMap(rows);
  }
}
