package io.bailiwick.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.wire.Exchange.Message;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of a form as they went over the wire, in either of a form's encodings. */
final class Form {

  private static final Pattern PART =
      Pattern.compile(
          "name=\"([^\"]+)\"[^\\r]*\\r\\n(?:[^\\r]+\\r\\n)*\\r\\n(.*?)\\r\\n--", Pattern.DOTALL);

  private Form() {}

  static JsonNode read(Message call) {
    ObjectNode fields = Json.mapper().createObjectNode();
    if (call.headers().getOrDefault("content-type", "").startsWith("multipart/")) {
      Matcher part = PART.matcher(call.body());
      while (part.find()) {
        fields.put(part.group(1), part.group(2));
      }
      return fields;
    }
    for (String pair : call.body().split("&")) {
      String[] parts = pair.split("=", 2);
      fields.put(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
