package io.bailiwick.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;

/** One complete HTTP answer. Its body is parsed once, however many records it speaks of. */
final class Reply {

  private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9_$.\\[\\]-]{1,64}");

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private boolean parsed;
  private @Nullable JsonNode json;

  /** {@code headers} are by lower-case name; of several of one name, the first. */
  Reply(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  /**
   * The body as JSON, which nobody may change; null where it is none: empty, broken, too deep,
   * ambiguous, a page.
   */
  synchronized @Nullable JsonNode json() {
    if (!parsed) {
      json = parse(body);
      parsed = true;
    }
    return json;
  }

  private static @Nullable JsonNode parse(byte[] body) {
    try {
      JsonNode root = Json.read(body);
      return root.isContainerNode() ? root : null;
    } catch (IOException notJson) {
      return null;
    }
  }

  /** A text of the CRM that may be shown: a code or a field name, never free text. */
  static String shown(String text) {
    return SHOWN.matcher(text).matches() ? text : "…";
  }
}
