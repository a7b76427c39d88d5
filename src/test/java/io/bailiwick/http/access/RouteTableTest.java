package io.bailiwick.http.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.http.access.RouteTable.Row;
import io.bailiwick.lead.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RouteTableTest {

  /** What is posted because it is long, and changes nothing. */
  private static final Set<String> QUESTIONS =
      Set.of(
          "/v1/decisions",
          "/v1/rules/check",
          "/v1/replays",
          "/v1/replays/:id/mutants",
          "/v1/bisections",
          "/v1/leads/search");

  @Test
  void aRouteThatNobodyThoughtOfCannotBeAdded() {
    assertThrows(IllegalStateException.class, () -> RouteTable.of("POST", "/v1/everything"));
  }

  @Test
  void operatorsMayDoAllAndWhatPeopleChangeIsRecorded() {
    for (Row row : RouteTable.rows().values()) {
      assertTrue(row.roles().contains(Role.OPERATOR), row.route());
      boolean asks = row.method().equals("GET") || QUESTIONS.contains(row.path());
      assertEquals(!asks && !row.path().equals("/v1/leads"), row.recorded(), row.route());
    }
  }

  @Test
  void theManualHasTheTableAsItIs() throws IOException {
    String table =
        RouteTable.rows().values().stream()
            .map(RouteTableTest::line)
            .collect(Collectors.joining("\n", "", "\n"));
    String page = Files.readString(Path.of("docs/access.md"));
    int from = page.indexOf("<!-- routes -->\n") + "<!-- routes -->\n".length();
    assertEquals(table, page.substring(from, page.indexOf("<!-- /routes -->")));
  }

  private static String line(Row row) {
    return Arrays.stream(Role.values())
        .map(role -> row.roles().contains(role) ? "yes" : "")
        .collect(
            Collectors.joining(
                " | ", "| `" + row.route() + "` | ", row.recorded() ? " | yes |" : " |  |"));
  }
}
