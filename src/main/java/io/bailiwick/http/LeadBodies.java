package io.bailiwick.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.json.LeadJson;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Nullable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Takes a body apart into leads, by its content type: one object, an array, NDJSON, or a form post.
 * Pure. Every refusal names the place and repeats nothing that was sent.
 */
final class LeadBodies {

  /**
   * The leads of one request.
   *
   * @param several whether the source sent a list, so that it is answered with one
   */
  record Parsed(boolean several, boolean form, List<Item> items) {}

  /** One lead as read, with where it stands in the body and the source's own text of it. */
  record Item(LeadJson.Read read, String pointer, String text) {}

  private final HttpSettings settings;

  LeadBodies(HttpSettings settings) {
    this.settings = settings;
  }

  /** Throws {@link Refusal} where the body as a whole is not understood. */
  Parsed parse(@Nullable String contentType, byte[] body, SourceMapping mapping) {
    String type = mediaType(contentType);
    return switch (type) {
      case "application/json" -> json(text(body), mapping);
      case "application/x-ndjson", "application/ndjson", "application/jsonl" ->
          lines(text(body), mapping);
      case "application/x-www-form-urlencoded" -> form(text(body), mapping);
      default ->
          throw new Refusal(
              ProblemType.UNSUPPORTED_MEDIA_TYPE,
              "The Content-Type must be application/json, application/x-ndjson or"
                  + " application/x-www-form-urlencoded.");
    };
  }

  private Parsed json(String text, SourceMapping mapping) {
    JsonNode root = tree(text, "");
    if (root.isObject()) {
      return new Parsed(false, false, List.of(item(root, text, "", mapping)));
    }
    if (!root.isArray()) {
      throw new Refusal(
          ProblemType.MALFORMED_BODY, "The body must be a lead or an array of leads.");
    }
    checkCount(root.size());
    List<Item> items = new ArrayList<>(root.size());
    for (int i = 0; i < root.size(); i++) {
      items.add(item(root.get(i), root.get(i).toString(), "/" + i, mapping));
    }
    return new Parsed(true, false, items);
  }

  private Parsed lines(String text, SourceMapping mapping) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    checkCount(lines.size());
    List<Item> items = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      items.add(item(tree(line, "line " + (i + 1) + ", "), line, "/" + i, mapping));
    }
    return new Parsed(true, false, items);
  }

  private Parsed form(String text, SourceMapping mapping) {
    ObjectNode fields = FormFields.read(text);
    return new Parsed(false, true, List.of(item(fields, fields.toString(), "", mapping)));
  }

  private Item item(JsonNode node, String text, String pointer, SourceMapping mapping) {
    return new Item(LeadJson.read(node, pointer, mapping, settings.strict()), pointer, text);
  }

  private void checkCount(int leads) {
    if (leads == 0) {
      throw new Refusal(ProblemType.INVALID_LEAD, "The body holds no lead.");
    }
    if (leads > settings.leadsMax()) {
      throw new Refusal(
          ProblemType.BODY_TOO_LARGE,
          "One request may hold at most "
              + settings.leadsMax()
              + " leads; it holds "
              + leads
              + ".");
    }
  }

  private static JsonNode tree(String text, String where) {
    try {
      JsonNode root = Json.mapper().readTree(text);
      if (root.isMissingNode()) {
        throw new Refusal(ProblemType.MALFORMED_BODY, "The body is empty.");
      }
      return root;
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String place =
          at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
      throw new Refusal(
          ProblemType.MALFORMED_BODY, "Not JSON we can read: " + where + reason(e) + place + ".");
    }
  }

  /** Jackson repeats what it met; only the kinds that cannot hold a value are passed on. */
  private static String reason(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    if (message.contains("nesting depth")) {
      return "it nests deeper than " + Json.MAX_DEPTH;
    }
    if (message.contains("Duplicate field")) {
      return "a member name stands twice in one object";
    }
    if (message.contains("exceeds the maximum")) {
      return "a name, text or number in it is too long";
    }
    if (message.contains("end-of-input")) {
      return "it ends too early";
    }
    if (message.contains("Trailing token")) {
      return "something follows the end";
    }
    return "a character that may not stand here";
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new Refusal(ProblemType.MALFORMED_BODY, "The body is not valid UTF-8.");
    }
  }

  private static String mediaType(@Nullable String contentType) {
    if (contentType == null) {
      return "";
    }
    String[] parts = contentType.toLowerCase(Locale.ROOT).split(";");
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        throw new Refusal(ProblemType.UNSUPPORTED_MEDIA_TYPE, "The charset must be utf-8.");
      }
    }
    return parts[0].strip();
  }
}
