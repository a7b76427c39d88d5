package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.http.access.RouteTable;
import io.bailiwick.http.access.RouteTable.Row;
import io.bailiwick.lead.Role;
import io.bailiwick.service.RunningService.Answer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route by every role, made of the table itself: let through, or refused before all else. */
class RouteRoleIT {

  private static final String PUBLIC = "public: {origins: ['https://www.example.com']}\n";

  @TempDir static Path folder;
  private static Guarded guarded;
  private static final Map<Role, String> KEYS = new EnumMap<>(Role.class);

  @BeforeAll
  static void start() {
    guarded = new Guarded(folder, Map.of("form", PUBLIC), Map.of());
    KEYS.put(Role.ANYONE, "");
    KEYS.put(Role.FORM, "");
    KEYS.put(Role.SOURCE, guarded.source("web"));
    for (Role role : new Role[] {Role.VIEWER, Role.ANALYST, Role.OPERATOR}) {
      KEYS.put(role, guarded.secret(role.word()));
    }
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  record Case(Row row, Role role) {
    @Override
    public String toString() {
      return "%s as %s".formatted(row.route(), role.word());
    }
  }

  static Stream<Case> everyRouteByEveryRole() {
    return RouteTable.rows().values().stream()
        .flatMap(row -> Arrays.stream(Role.values()).map(role -> new Case(row, role)));
  }

  @ParameterizedTest
  @MethodSource
  void everyRouteByEveryRole(Case one) {
    Answer answer = ask(one.row(), one.role());
    if (one.row().roles().contains(one.role())) {
      assertTrue(answer.status() != 401 && answer.status() != 403, answer.text());
    } else {
      boolean known = one.role() != Role.ANYONE;
      assertEquals(known ? 403 : 401, answer.status(), answer.text());
      assertEquals(
          known ? "/problems/forbidden" : "/problems/unauthenticated",
          answer.body().path("type").asText());
      assertEquals(
          known ? null : "Bearer realm=\"bailiwick\"", answer.headers().get("www-authenticate"));
    }
  }

  @Test
  void whatIsNoKeyIsRefusedOnEveryRouteThatIsNotForAll() {
    for (String key : new String[] {"bw_", "nonsense", KEYS.get(Role.OPERATOR) + "x"}) {
      for (String path : new String[] {"/v1/leads", "/v1/keys", "/metrics"}) {
        int status = guarded.as(key, "GET", path, "").status();
        assertTrue(status == 401 || status == 429, key + " " + path + " " + status);
      }
    }
    assertEquals(200, guarded.as(KEYS.get(Role.OPERATOR), "GET", "/v1/keys", "").status());
  }

  private static Answer ask(Row row, Role role) {
    String path = row.path().replace(":slug", "not-found").replaceAll(":[a-z]+", "none");
    return role == Role.FORM
        ? guarded.as(
            "", row.method(), path + "?source=form", "{}", "Origin", "https://www.example.com")
        : guarded.as(KEYS.get(role), row.method(), path, "{}");
  }
}
