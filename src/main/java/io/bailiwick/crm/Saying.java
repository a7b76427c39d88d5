package io.bailiwick.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.AccessTrouble;
import io.bailiwick.lead.Nullable;
import java.util.Locale;

/**
 * What an answer's body says about one record: its item in {@code data}, or an error that concerns
 * the whole call.
 *
 * @param item whether it is the record's own item; only that can say SUCCESS
 */
record Saying(boolean item, String code, JsonNode node) {

  /** What a code means, apart from the status it came with. */
  enum Meaning {
    SUCCESS,
    /** A job of the CRM is to write it, or already was. */
    SCHEDULED,
    /** The record shows this territory already. */
    THERE,
    /** Said in two ways at once: only the record can show it. */
    LOOK,
    TERRITORY,
    GONE,
    LIMITED,
    LOCKED,
    FORBIDDEN,
    FAILED,
    /** Refused for good, whatever the status. */
    REFUSED,
    /** A code that leaves its meaning to the status. */
    OTHER
  }

  /**
   * Finds what concerns this record. An item is matched by {@code details.id}; one without an id
   * counts only where it is alone, as in the seed contract's answer to a single write. Null where
   * nothing is said, or two things at once.
   */
  static @Nullable Saying about(@Nullable JsonNode root, String crmId) {
    if (root == null || !root.isObject()) {
      return null;
    }
    JsonNode data = root.path("data");
    if (!data.isMissingNode()) {
      JsonNode own = own(data, crmId);
      return own == null ? null : of(true, own);
    }
    return of(false, root);
  }

  Meaning meaning() {
    return switch (code) {
      case "SUCCESS" -> success();
      case "SCHEDULED", "ALREADY_SCHEDULED" -> item ? Meaning.SCHEDULED : Meaning.LOOK;
      case "DUPLICATE_DATA" -> item && aboutTerritory() ? Meaning.THERE : Meaning.LOOK;
      case "INVALID_DATA" -> invalidData();
      case "NO_PERMISSION" -> noPermission();
      case "ID_ALREADY_CONVERTED" -> Meaning.GONE;
      // A gateway says this too, of an address; then it is no record that is gone.
      case "NOT_FOUND" -> item || aboutRecord() ? Meaning.GONE : Meaning.OTHER;
      case "TOO_MANY_REQUESTS" -> Meaning.LIMITED;
      case "RECORD_LOCKED", "RECORD_IN_BLUEPRINT" -> Meaning.LOCKED;
      case "INVALID_TOKEN",
          "INVALID_OAUTHTOKEN",
          "AUTHENTICATION_FAILURE",
          "AUTHORIZATION_FAILED",
          "OAUTH_SCOPE_MISMATCH",
          "FEATURE_NOT_ENABLED",
          "TERRITORY_NOT_ENABLED",
          "TERRITORY_DISABLED" ->
          Meaning.FORBIDDEN;
      case "INTERNAL_ERROR", "INTERNAL_SERVER_ERROR", "INVALID_URL_PATTERN" -> Meaning.FAILED;
      default -> Meaning.OTHER;
    };
  }

  /** What is forbidden by it; only another token mends the first two. */
  AccessTrouble trouble() {
    return switch (code) {
      case "INVALID_TOKEN", "INVALID_OAUTHTOKEN" -> AccessTrouble.TOKEN_REFUSED;
      case "AUTHENTICATION_FAILURE" -> AccessTrouble.NO_TOKEN;
      case "OAUTH_SCOPE_MISMATCH" -> AccessTrouble.SCOPE_MISSING;
      case "FEATURE_NOT_ENABLED", "TERRITORY_NOT_ENABLED", "TERRITORY_DISABLED" ->
          AccessTrouble.FEATURE_OFF;
      default -> AccessTrouble.NO_PERMISSION;
    };
  }

  JsonNode details() {
    return node.path("details");
  }

  /** Item and status word must agree, and no job be pending (Zoho's notice on scheduled jobs). */
  private Meaning success() {
    String status = node.path("status").asText("success");
    if (!item || !status.equalsIgnoreCase("success")) {
      return Meaning.LOOK;
    }
    return details().has("job_id") ? Meaning.SCHEDULED : Meaning.SUCCESS;
  }

  private Meaning invalidData() {
    if (message().equals("invalid territory id") || aboutTerritory()) {
      return Meaning.TERRITORY;
    }
    return aboutRecord() ? Meaning.GONE : Meaning.REFUSED;
  }

  /** For one territory, for one record, or for everything the API user does. */
  private Meaning noPermission() {
    if (aboutTerritory()) {
      return Meaning.TERRITORY;
    }
    return aboutRecord() ? Meaning.REFUSED : Meaning.FORBIDDEN;
  }

  private boolean aboutTerritory() {
    String field = details().path("api_name").asText();
    return field.equals("Territory")
        || field.equals("Territories")
        || place().contains(".Territor");
  }

  private boolean aboutRecord() {
    return message().equals("the record id given seems to be invalid")
        || details().path("resource_path_index").asInt(0) == 1
        || place().matches("\\$\\.data\\[\\d{1,3}]\\.id");
  }

  /** Some of Zoho's own examples have a blank before the path. */
  private String place() {
    return details().path("json_path").asText().strip();
  }

  private String message() {
    return node.path("message").asText().strip().toLowerCase(Locale.ROOT);
  }

  /** Whether the body itself calls it an error. */
  boolean error() {
    return node.path("status").asText().equalsIgnoreCase("error");
  }

  private static @Nullable JsonNode own(JsonNode data, String crmId) {
    if (!data.isArray()) {
      return null;
    }
    JsonNode own = null;
    for (JsonNode item : data) {
      if (crmId.equals(id(item.path("details")))) {
        if (own != null) {
          return null;
        }
        own = item;
      }
    }
    boolean alone = data.size() == 1 && data.get(0).isObject();
    return own == null && alone && id(data.get(0).path("details")) == null ? data.get(0) : own;
  }

  private static @Nullable String id(JsonNode details) {
    JsonNode id = details.path("id");
    return id.isMissingNode() ? null : id.asText();
  }

  /** Null where the node has no code. */
  static @Nullable Saying of(boolean item, JsonNode node) {
    JsonNode code = node.path("code");
    return code.isTextual() ? new Saying(item, code.textValue(), node) : null;
  }
}
