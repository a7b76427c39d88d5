package io.bailiwick.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The errors that Zoho documents of the calls this sandbox has, each with its status, code, text
 * and details, to be answered on demand. {@code {i}} in the details is the record's place in its
 * call and {@code {id}} its id. An error OF_RECORD stands in the item of one record, an error
 * OF_CALL is the whole answer.
 */
enum ErrorRow {
  INVALID_TERRITORY(
      400,
      "INVALID_DATA",
      "the id given seems to be invalid",
      "{'api_name':'id','json_path':'$.data[{i}].Territories[0].id'}"),
  INVALID_RECORD(
      400,
      "INVALID_DATA",
      "the id given seems to be invalid",
      "{'api_name':'id','json_path':'$.data[{i}].id'}"),
  INVALID_RECORD_IN_ADDRESS(
      400,
      "INVALID_DATA",
      "The record Id given seems to be invalid",
      "{'resource_path_index':1}",
      true),
  MANDATORY_FIELD(
      400,
      "MANDATORY_NOT_FOUND",
      "required field not found",
      "{'api_name':'Territories','json_path':'$.data[{i}].Territories'}"),
  MANDATORY_PARAMETER(
      400,
      "MANDATORY_NOT_FOUND",
      "One of the expected parameter is missing",
      "{'api_name':'Territories','json_path':'$.data[{i}].Territories'}"),
  DUPLICATE_DATA(
      400,
      "DUPLICATE_DATA",
      "Given Territory already exists for that record",
      "{'api_name':'id','json_path':'$.data[{i}].Territories[0].id'}"),
  ALREADY_USED(
      400,
      "ALREADY_USED",
      "duplicate territory id found",
      "{'exists_in':{'json_path':'$.data[{i}].Territories[0].id'},'api_name':'id',"
          + "'json_path':'$.data[{i}].Territories[1].id'}"),
  ALREADY_SCHEDULED(
      400, "ALREADY_SCHEDULED", "a territory job is already scheduled", "{'id':'{id}'}"),
  TOO_MANY_TERRITORIES(
      400,
      "LIMIT_EXCEEDED",
      "Maximum limit of territories for that record exceeds",
      "{'api_name':'Territories','json_path':'$.data[{i}].Territories','limit':10}"),
  TOO_MANY_RECORDS(
      400,
      "LIMIT_EXCEEDED",
      "count of records in your request exceeds the limit",
      "{'api_name':'data','maximum_length':100}",
      true),
  RECORD_LOCKED(
      400,
      "RECORD_LOCKED",
      "Sorry, you cannot perform this operation as the record is locked.",
      "{'id':'{id}','action':'record_locking'}"),
  NOT_SUPPORTED(
      400,
      "NOT_SUPPORTED",
      "the api is not supported for this module",
      "{'resource_path_index':0}",
      true),
  INVALID_MODULE(400, "INVALID_MODULE", "the module name given seems to be invalid", "{}", true),
  FEATURE_NOT_ENABLED(
      400, "FEATURE_NOT_ENABLED", "Territory Management is not enabled", "{}", true),
  FEATURE_DISABLED(400, "FEATURE_NOT_ENABLED", "Territory Management is disabled", "{}", true),
  FEATURE_NOT_ENABLED_FOR_LEADS(
      400,
      "FEATURE_NOT_ENABLED",
      "Territory Management is not enabled for Leads Module",
      "{}",
      true),
  AUTHORIZATION_FAILED(
      400,
      "AUTHORIZATION_FAILED",
      "User does not have sufficient privilege to update records",
      "{}",
      true),
  NO_PERMISSION_ADD(
      401,
      "NO_PERMISSION",
      "User has no permission to add / remove the Territories",
      "{'api_name':'id','json_path':'$.data[{i}].Territories'}"),
  NO_PERMISSION_ASSIGN(
      401,
      "NO_PERMISSION",
      "User has no permission to assign/remove this territory",
      "{'api_name':'id','json_path':'$.data[{i}].Territories'}"),
  AUTHENTICATION_FAILURE(401, "AUTHENTICATION_FAILURE", "Authentication failed", "{}", true),
  INVALID_TOKEN(401, "INVALID_TOKEN", "invalid oauth token", "{}", true),
  OAUTH_SCOPE_MISMATCH(
      401, "OAUTH_SCOPE_MISMATCH", "invalid oauth scope to access this URL", "{}", true),
  UNAUTHORIZED(401, "OAUTH_SCOPE_MISMATCH", "Unauthorized", "{}", true),
  TERRITORY_NOT_ENABLED_FOR_LEADS(
      403,
      "TERRITORY_NOT_ENABLED",
      "the territory feature is not enabled for Leads Module",
      "{}",
      true),
  TERRITORY_NOT_ENABLED(
      403, "TERRITORY_NOT_ENABLED", "the territory feature is not enabled", "{}", true),
  TERRITORY_DISABLED(403, "TERRITORY_DISABLED", "the territory feature is disabled", "{}", true),
  NO_PERMISSION_UPDATE(
      403,
      "NO_PERMISSION",
      "User has no permission to update the record",
      "{'api_name':'id','json_path':'$.data[{i}].id'}"),
  NO_PERMISSION_UPDATE_IN_ADDRESS(
      403,
      "NO_PERMISSION",
      "User has no permission to update the record",
      "{'resource_path_index':1}",
      true),
  NO_PERMISSION_VIEW(
      403,
      "NO_PERMISSION",
      "permission denied",
      "{'permissions':['Crm_Implied_View_Leads']}",
      true),
  INVALID_URL_PATTERN(
      404,
      "INVALID_URL_PATTERN",
      "Please check if the URL trying to access is a correct one",
      "{}",
      true),
  TOO_MANY_REQUESTS(
      429, "TOO_MANY_REQUESTS", "too many requests fired in the given time", "{}", true),
  INTERNAL_ERROR(500, "INTERNAL_ERROR", "Internal Server Error", "{}", true),
  INTERNAL_SERVER_ERROR(500, "INTERNAL_SERVER_ERROR", "Internal Server Error", "{}", true);

  private final int status;
  private final String code;
  private final String message;
  private final String details;
  private final boolean ofCall;

  ErrorRow(int status, String code, String message, String details) {
    this(status, code, message, details, false);
  }

  ErrorRow(int status, String code, String message, String details, boolean ofCall) {
    this.status = status;
    this.code = code;
    this.message = message;
    this.details = details;
    this.ofCall = ofCall;
  }

  int status() {
    return status;
  }

  /** Whether it is the whole answer, and not about one record of the call. */
  boolean ofCall() {
    return ofCall;
  }

  ApiAnswer answer() {
    return new ApiAnswer(status, node(0, ""));
  }

  /** What a call says of its record at that place. */
  Item item(int index, String id) {
    return new Item(status, node(index, id));
  }

  private ObjectNode node(int index, String id) {
    String json = details.replace('\'', '"').replace("{i}", Integer.toString(index));
    try {
      ObjectNode filled = (ObjectNode) Json.mapper().readTree(json);
      if (filled.has("id")) {
        filled.put("id", id);
      }
      return ApiAnswer.errorNode(code, message, filled);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the details of " + this + " are not JSON", e);
    }
  }

  static @Nullable ErrorRow ofWord(String word) {
    return Arrays.stream(values()).filter(row -> row.name().equals(word)).findFirst().orElse(null);
  }

  static String words() {
    return Arrays.stream(values()).map(ErrorRow::name).collect(Collectors.joining(", "));
  }
}
