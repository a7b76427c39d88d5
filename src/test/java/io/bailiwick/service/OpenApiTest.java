package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.http.access.RouteTable;
import io.bailiwick.json.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The description is whole: every route, every answer with an example, every problem. */
class OpenApiTest {

  private static final List<Path> DOORS =
      List.of(
          Path.of("src/main/java/io/bailiwick/http"),
          Path.of("src/main/java/io/bailiwick/workbench"));
  private static final Pattern ROUTE =
      Pattern.compile("routes\\s*\\.(get|post|put|delete|patch)\\(\\s*\"([^\"]+)\"");

  private final OpenApi described = new OpenApi();

  @Test
  void everyRouteIsDescribedAndNoOther() throws IOException {
    Set<String> served = new TreeSet<>();
    for (Path folder : DOORS) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
          Matcher route = ROUTE.matcher(Files.readString(file));
          while (route.find()) {
            served.add(route.group(1) + " " + route.group(2).replaceAll(":([a-zA-Z]+)", "{$1}"));
          }
        }
      }
    }
    assertTrue(served.size() > 10, "the routes were found");
    Set<String> told = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : described.root.path("paths").properties()) {
      path.getValue().fieldNames().forEachRemaining(m -> told.add(m + " " + path.getKey()));
    }
    told.remove("parameters");
    assertEquals(served, told);
    Set<String> allowed = new TreeSet<>();
    for (RouteTable.Row row : RouteTable.rows().values()) {
      String path = row.path().replaceAll(":([a-zA-Z]+)", "{$1}");
      allowed.add(row.method().toLowerCase(Locale.ROOT) + " " + path);
    }
    assertEquals(served, allowed);
  }

  @Test
  void everyAnswerHasAnExampleThatIsAsItsSchemaSays() {
    List<String> flaws = new ArrayList<>();
    responses(
        (what, response) -> {
          for (Map.Entry<String, JsonNode> content : response.path("content").properties()) {
            JsonNode examples = content.getValue().path("examples");
            if (examples.isEmpty()) {
              flaws.add(what + " has no example of " + content.getKey());
            }
            for (Map.Entry<String, JsonNode> example : examples.properties()) {
              String place = what + " example " + example.getKey();
              JsonNode value = example.getValue().path("value");
              described.check(place, content.getValue().path("schema"), value, flaws);
            }
          }
        });
    assertEquals(List.of(), flaws);
  }

  @Test
  void everyProblemIsDescribedAsItIsAnswered() {
    Set<String> told = new TreeSet<>();
    List<String> flaws = new ArrayList<>();
    responses(
        (what, response) -> {
          JsonNode examples = response.at("/content/application~1problem+json/examples");
          for (Map.Entry<String, JsonNode> example : examples.properties()) {
            told.add(example.getKey());
            JsonNode body = example.getValue().path("value");
            ProblemType type =
                Stream.of(ProblemType.values())
                    .filter(one -> one.slug().equals(example.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(what + " names " + example.getKey()));
            if (!what.endsWith(" " + type.status())
                || !body.path("type").asText().equals("/problems/" + type.slug())
                || !body.path("title").asText().equals(type.title())
                || body.path("status").asInt() != type.status()
                || body.path("retry").asBoolean() != type.retry()) {
              flaws.add(what + ": " + body);
            }
          }
        });
    assertEquals(List.of(), flaws);
    assertEquals(
        new TreeSet<>(Stream.of(ProblemType.values()).map(ProblemType::slug).toList()), told);
  }

  private interface Visitor {
    void visit(String what, JsonNode response);
  }

  private void responses(Visitor visitor) {
    for (Map.Entry<String, JsonNode> path : described.root.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        for (Map.Entry<String, JsonNode> response :
            operation.getValue().path("responses").properties()) {
          visitor.visit(
              operation.getKey() + " " + path.getKey() + " " + response.getKey(),
              described.resolved(response.getValue()));
        }
      }
    }
  }
}
