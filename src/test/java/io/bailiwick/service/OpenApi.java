package io.bailiwick.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The service's own description, {@code /openapi.json}, held against real answers: which paths,
 * methods, statuses and types of body it names, and whether a body has the members it describes.
 */
final class OpenApi {

  private static final String PROBLEM = "application/problem+json";

  final JsonNode root = read();

  /** What is not as described about an answer; empty where all is. */
  List<String> flaws(String method, String path, RunningService.Answer answer) {
    String type = answer.headers().getOrDefault("content-type", "").replaceFirst(";.*", "");
    String template = template(path);
    JsonNode operation = root.path("paths").path(template).path(method.toLowerCase());
    if (operation.isMissingNode()) {
      // Of a path or method that is not there: a problem that says so, and nothing else.
      boolean said = type.equals(PROBLEM) && (answer.status() == 404 || answer.status() == 405);
      return said ? List.of() : List.of(method + " " + path + " is not described");
    }
    String what = method + " " + template + " " + answer.status();
    JsonNode response = resolved(operation.path("responses").path("" + answer.status()));
    if (response.isMissingNode()) {
      return List.of(what + " is not described");
    }
    if (type.isEmpty()) {
      return response.has("content") ? List.of(what + " is described with a body") : List.of();
    }
    JsonNode content = response.path("content").path(type);
    if (content.path("examples").isEmpty()) {
      return List.of(what + " has no example of " + type);
    }
    List<String> flaws = new ArrayList<>();
    if (!type.equals("text/html")) {
      check(what, content.path("schema"), answer.body(), flaws);
    }
    if (type.equals(PROBLEM)) {
      String slug = answer.body().path("type").asText().replace("/problems/", "");
      if (content.path("examples").path(slug).isMissingNode()) {
        flaws.add(what + " has no example of the problem " + slug);
      }
    }
    return flaws;
  }

  /** The described path that this one is an instance of; the path itself where there is none. */
  private String template(String path) {
    String bare = path.replaceFirst("\\?.*", "");
    if (root.path("paths").has(bare)) {
      return bare;
    }
    for (Map.Entry<String, JsonNode> one : root.path("paths").properties()) {
      if (bare.matches(one.getKey().replaceAll("\\{[a-zA-Z]+}", "[^/]+"))) {
        return one.getKey();
      }
    }
    return bare;
  }

  /** Adds what about this value the schema does not allow or does not name. */
  void check(String where, JsonNode described, JsonNode value, List<String> flaws) {
    JsonNode schema = resolved(described);
    if (schema.has("oneOf")) {
      for (JsonNode one : schema.path("oneOf")) {
        List<String> ofOne = new ArrayList<>();
        check(where, one, value, ofOne);
        if (ofOne.isEmpty()) {
          return;
        }
      }
      flaws.add(where + " is none of what is described: " + value);
      return;
    }
    if (!typed(schema.path("type"), value)) {
      flaws.add(where + " should be " + schema.path("type") + ": " + value);
    }
    if (schema.has("enum") && !contains(schema.path("enum"), value)) {
      flaws.add(where + " is none of " + schema.path("enum") + ": " + value);
    }
    if (schema.has("const") && !schema.path("const").equals(value)) {
      flaws.add(where + " should be " + schema.path("const") + ": " + value);
    }
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.asText())) {
        flaws.add(where + " lacks " + required.asText());
      }
    }
    members(where, schema, value, flaws);
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      check(where + "/" + i, schema.path("items"), value.get(i), flaws);
    }
  }

  private void members(String where, JsonNode schema, JsonNode value, List<String> flaws) {
    JsonNode known = schema.path("properties");
    if (!value.isObject() || known.isMissingNode()) {
      return;
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      String place = where + "/" + member.getKey();
      if (known.has(member.getKey())) {
        check(place, known.path(member.getKey()), member.getValue(), flaws);
      } else if (!schema.has("additionalProperties")) {
        flaws.add(place + " is not described");
      }
    }
  }

  /** The node itself, or what its {@code $ref} names. */
  JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : root.at(reference.substring(1));
  }

  private static boolean typed(JsonNode types, JsonNode value) {
    if (types.isArray()) {
      for (JsonNode type : types) {
        if (typed(type, value)) {
          return true;
        }
      }
      return false;
    }
    return switch (types.asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      default -> types.isMissingNode();
    };
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    for (JsonNode one : values) {
      if (one.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode read() {
    try (InputStream in = OpenApi.class.getResourceAsStream("/io/bailiwick/http/openapi.json")) {
      return Json.mapper().readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
