package io.bailiwick.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.util.Map;

/**
 * One complete HTTP answer.
 *
 * @param headers by lower-case name; of several of one name, the first
 */
@SuppressWarnings("ArrayRecordComponent") // Answers are read, never compared.
record Reply(int status, Map<String, String> headers, byte[] body) {

  /** The body as JSON; null where it is none: empty, broken, too deep, ambiguous, a page. */
  @Nullable
  JsonNode json() {
    try {
      JsonNode root = Json.read(body);
      return root.isContainerNode() ? root : null;
    } catch (IOException notJson) {
      return null;
    }
  }

  /** A text of the CRM that may be shown: a code or a field name, never free text. */
  static String shown(String text) {
    return text.matches("[A-Za-z0-9_$.\\[\\]-]{1,64}") ? text : "…";
  }
}
