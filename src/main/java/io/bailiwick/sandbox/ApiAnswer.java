package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;

/**
 * A status and a JSON body, or none, in the shapes that Zoho documents.
 *
 * @param retryAfter seconds of its Retry-After header; null for none
 */
record ApiAnswer(int status, @Nullable JsonNode body, @Nullable Long retryAfter) {

  ApiAnswer(int status, @Nullable JsonNode body) {
    this(status, body, null);
  }

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

  static ApiAnswer unknownPath() {
    return error(
        404, "INVALID_URL_PATTERN", "Please check if the URL trying to access is a correct one");
  }

  static ApiAnswer invalidModule() {
    return error(400, "INVALID_MODULE", "the module name given seems to be invalid");
  }

  /** Code and text as Zoho's territories page documents them. */
  static ApiAnswer featureOff() {
    return error(400, "FEATURE_NOT_ENABLED", "Territory Management is not enabled");
  }

  /** Status, code and text as Zoho's page on assigning territories has them, version 7. */
  static ApiAnswer leadsOff() {
    String message = "the territory feature is not enabled for Leads Module";
    return error(403, "TERRITORY_NOT_ENABLED", message);
  }

  static ApiAnswer notSupported() {
    ObjectNode details = Json.mapper().createObjectNode().put("resource_path_index", 0);
    return error(400, "NOT_SUPPORTED", "the api is not supported for this module", details);
  }

  static ApiAnswer recordIdInvalid() {
    ObjectNode details = Json.mapper().createObjectNode().put("resource_path_index", 1);
    return error(400, "INVALID_DATA", "The record Id given seems to be invalid", details);
  }

  /**
   * Refused for a limit. Code and status are Zoho's; the details are those of its one sample, which
   * names the seconds to wait.
   */
  static ApiAnswer tooMany(String message, ObjectNode details, @Nullable Long retryAfter) {
    if (retryAfter != null) {
      details.put("retry_after", retryAfter);
    }
    return new ApiAnswer(429, errorNode("TOO_MANY_REQUESTS", message, details), retryAfter);
  }

  /** A query parameter that is needed is not there. */
  static ApiAnswer missingParameter(String name) {
    ObjectNode details = Json.mapper().createObjectNode().put("param_name", name);
    String message = "One of the expected parameter is missing";
    return error(400, "REQUIRED_PARAM_MISSING", message, details);
  }

  /** Code and text as Zoho's list of status codes has them, from memory. */
  static ApiAnswer wrongMethod() {
    return error(400, "INVALID_REQUEST_METHOD", "The http request method type is not a valid one");
  }

  /** Code and text of Zoho's page on getting records, from memory. */
  static ApiAnswer parameterMissing(String name) {
    ObjectNode details = Json.mapper().createObjectNode().put("param_name", name);
    String message = "One of the expected parameter is missing";
    return error(400, "REQUIRED_PARAM_MISSING", message, details);
  }

  static ApiAnswer relatedIdInvalid(int index) {
    ObjectNode details = Json.mapper().createObjectNode().put("resource_path_index", index);
    return error(400, "INVALID_DATA", "the related id given seems to be invalid", details);
  }

  /** The answer of a fault that ends a call with a status. */
  static ApiAnswer fault(Effect effect) {
    ErrorRow row = effect.row();
    ApiAnswer answer = row == null ? ofStatus(effect.status()) : row.answer();
    Integer wait = effect.retryAfter();
    return wait == null
        ? answer
        : new ApiAnswer(answer.status(), answer.body(), Long.valueOf(wait));
  }

  /** Zoho's own code for that status. */
  static ApiAnswer ofStatus(int status) {
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
