package io.bailiwick.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SpecVersion;
import io.bailiwick.json.Json;
import io.bailiwick.wire.Exchange.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The written-down description of the CRM, held against what really went over the wire, both ways:
 * the call's path, query, token and body, the answer's status and body.
 */
public final class CrmDescription {

  private static final String FILE = "/io/bailiwick/sandbox/crm-openapi.json";
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012))
          .metaSchema(
              JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                  .keyword(new NonValidationKeyword("components"))
                  .build())
          .build();

  private final JsonNode root;
  private final Map<JsonNode, JsonSchema> compiled = new HashMap<>();

  public CrmDescription() {
    try (InputStream in = CrmDescription.class.getResourceAsStream(FILE)) {
      root = Json.mapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode root() {
    return root;
  }

  /** What is not as described; empty where all is. */
  public List<String> flaws(Exchange exchange) {
    Message call = exchange.call();
    String[] target = call.word(1).split("\\?", 2);
    String method = call.word(0).toLowerCase(Locale.ROOT);
    JsonNode operation = operation(target[0], method);
    if (operation == null) {
      return List.of(call.first() + " is not described");
    }
    List<String> flaws = new ArrayList<>();
    String token = call.headers().getOrDefault("authorization", "");
    boolean open = operation.has("security") && operation.path("security").isEmpty();
    if (!open && !token.matches("(Bearer|Zoho-oauthtoken) \\S+")) {
      flaws.add("the call has no token");
    }
    query(operation, target.length < 2 ? "" : target[1], flaws);
    JsonNode content = operation.at("/requestBody/content");
    String type = call.headers().getOrDefault("content-type", "").split(";")[0];
    if (content.has("application/json") || content.isMissingNode()) {
      body(content.at("/application~1json/schema"), call.body(), flaws);
    } else if (content.has(type)) {
      check(content.path(type).path("schema"), Form.read(call), flaws);
    } else {
      flaws.add("a body of the type " + type + " is not described");
    }
    answer(operation, exchange.answer(), flaws);
    return flaws.stream().map(flaw -> call.first() + ": " + flaw).toList();
  }

  /** Such as a page for people: no answer of the API, which only a fault on demand gives. */
  private static boolean foreign(Message answer) {
    return answer.headers().getOrDefault("content-type", "").startsWith("text/html");
  }

  private void answer(JsonNode operation, Message answer, List<String> flaws) {
    if (answer == null || foreign(answer)) {
      return;
    }
    String status = answer.word(1);
    boolean refused = Integer.parseInt(status) >= 400;
    JsonNode described = operation.path("responses").path(refused ? "default" : status);
    if (described.isMissingNode()) {
      flaws.add(status + " is not described");
      return;
    }
    List<String> own = new ArrayList<>();
    body(described.at("/content/application~1json/schema"), answer.body(), own);
    own.forEach(flaw -> flaws.add("answered " + status + " " + answer.body() + ": " + flaw));
  }

  private void body(JsonNode schema, String text, List<String> flaws) {
    if (schema.isMissingNode() || text.isEmpty()) {
      if (schema.isMissingNode() != text.isEmpty()) {
        flaws.add(text.isEmpty() ? "the body is missing" : "no body is described: " + text);
      }
      return;
    }
    try {
      check(schema, Json.read(text.getBytes(StandardCharsets.UTF_8)), flaws);
    } catch (IOException e) {
      flaws.add("no JSON: " + text);
    }
  }

  private void query(JsonNode operation, String query, List<String> flaws) {
    Map<String, JsonNode> known = new HashMap<>();
    TreeSet<String> needed = new TreeSet<>();
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("in").asText().equals("query")) {
        known.put(parameter.path("name").asText(), parameter.path("schema"));
        if (parameter.path("required").asBoolean()) {
          needed.add(parameter.path("name").asText());
        }
      }
    }
    for (String pair : query.split("&")) {
      // Zoho's own library ends its queries with a sign that nothing follows.
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        needed.remove(parts[0]);
        if (!known.containsKey(parts[0])) {
          flaws.add("the query's " + parts[0] + " is not described");
        } else {
          String value = URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
          check(known.get(parts[0]), typed(known.get(parts[0]), value), flaws);
        }
      }
    }
    needed.forEach(name -> flaws.add("the query lacks " + name));
  }

  private static JsonNode typed(JsonNode schema, String value) {
    boolean number = schema.path("type").asText().equals("integer") && value.matches("\\d{1,9}");
    return number
        ? Json.mapper().getNodeFactory().numberNode(Integer.parseInt(value))
        : Json.mapper().getNodeFactory().textNode(value);
  }

  private void check(JsonNode schema, JsonNode value, List<String> flaws) {
    compiled
        .computeIfAbsent(schema, this::compile)
        .validate(value)
        .forEach(message -> flaws.add(message.getMessage()));
  }

  /** A document of its own, so that what it refers to is found. */
  private JsonSchema compile(JsonNode schema) {
    ObjectNode whole = Json.mapper().createObjectNode();
    whole.putArray("allOf").add(schema);
    whole.set("components", root.path("components"));
    return SCHEMAS.getSchema(whole);
  }

  /** The operation of that path: the described path with the fewest names left open. */
  private JsonNode operation(String path, String method) {
    JsonNode best = null;
    int fewest = Integer.MAX_VALUE;
    for (Map.Entry<String, JsonNode> one : root.path("paths").properties()) {
      String pattern = one.getKey().replaceAll("\\{[a-z]+}", "[^/]+");
      int open = one.getKey().length() - one.getKey().replace("{", "").length();
      if (path.matches(pattern) && one.getValue().has(method) && open < fewest) {
        best = one.getValue().path(method);
        fewest = open;
      }
    }
    return best;
  }
}
