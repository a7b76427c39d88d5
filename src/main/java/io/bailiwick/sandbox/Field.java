package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.Nullable;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One field of a module.
 *
 * @param length of a text, in characters; 0 where the type has none
 * @param mandatory whether a new record needs it
 * @param unique whether it is one by which duplicates are found
 * @param custom whether the organisation added it
 */
record Field(
    String name, Type type, int length, boolean mandatory, boolean unique, boolean custom) {

  /** The types this sandbox knows, with Zoho's words for them and for their JSON. */
  enum Type {
    TEXT("text", "string"),
    TEXTAREA("textarea", "string"),
    EMAIL("email", "string"),
    PHONE("phone", "string"),
    WEBSITE("website", "string"),
    PICKLIST("picklist", "string"),
    DATE("date", "string"),
    DATETIME("datetime", "string"),
    INTEGER("integer", "integer"),
    CURRENCY("currency", "double"),
    BOOLEAN("boolean", "boolean"),
    OWNER("ownerlookup", "jsonobject"),
    LOOKUP("lookup", "jsonobject");

    private final String word;
    private final String json;

    Type(String word, String json) {
      this.word = word;
      this.json = json;
    }

    String word() {
      return word;
    }

    static @Nullable Type ofWord(String word) {
      return Arrays.stream(values()).filter(t -> t.word.equals(word)).findFirst().orElse(null);
    }

    static String words() {
      return Arrays.stream(values()).map(Type::word).collect(Collectors.joining(", "));
    }

    String json() {
      return json;
    }
  }

  /** Whether the value is of the type; null clears a field of any. */
  boolean takes(JsonNode value) {
    return value.isNull()
        || switch (type) {
          case TEXT, TEXTAREA, PHONE, WEBSITE, PICKLIST -> value.isTextual();
          case EMAIL -> value.isTextual() && value.textValue().matches("[^@\\s]+@[^@\\s]+");
          case DATE -> value.isTextual() && value.textValue().matches("\\d{4}-\\d\\d-\\d\\d");
          case DATETIME -> value.isTextual() && value.textValue().contains("T");
          case INTEGER -> value.isIntegralNumber();
          case CURRENCY -> value.isNumber();
          case BOOLEAN -> value.isBoolean();
          case OWNER, LOOKUP -> value.isObject() || value.isTextual();
        };
  }

  boolean tooLong(JsonNode value) {
    return length > 0 && value.isTextual() && value.textValue().length() > length;
  }
}
