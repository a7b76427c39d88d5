package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;

/** A status and a JSON body, or none, in the shapes that Zoho documents. */
record ApiAnswer(int status, @Nullable JsonNode body) {

  static final ApiAnswer EMPTY = new ApiAnswer(204, null);

  /** An error that concerns the call as a whole. */
  static ApiAnswer error(int status, String code, String message) {
    return error(status, code, message, Json.mapper().createObjectNode());
  }

  static ApiAnswer error(int status, String code, String message, ObjectNode details) {
    return new ApiAnswer(status, errorNode(code, message, details));
  }

  static ObjectNode errorNode(String code, String message, ObjectNode details) {
    ObjectNode node = Json.mapper().createObjectNode().put("code", code);
    node.set("details", details);
    return node.put("message", message).put("status", "error");
  }

  /** The answer of a status fault: Zoho's own code for that status. */
  static ApiAnswer fault(int status) {
    return switch (status) {
      case 401 -> error(401, "INVALID_TOKEN", "invalid oauth token");
      case 403 -> error(403, "OAUTH_SCOPE_MISMATCH", "invalid oauth scope to access this URL");
      case 429 -> error(429, "TOO_MANY_REQUESTS", "too many requests fired in the given time");
      default ->
          status < 500
              ? error(status, "INVALID_REQUEST", "a fault of the sandbox")
              : error(status, "INTERNAL_ERROR", "Internal Server Error");
    };
  }
}
