package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.Nullable;
import java.util.Iterator;
import java.util.Set;

/** The members of one command, read with the right type or refused with what to send. */
record Arguments(String command, JsonNode node) {

  /** Refuses members the command does not have: a typing error must not pass in silence. */
  void only(Set<String> names) {
    for (Iterator<String> given = node.fieldNames(); given.hasNext(); ) {
      String name = given.next();
      if (!names.contains(name) && !name.equals("do")) {
        throw wrong("has no member of that name; it takes " + String.join(", ", sorted(names)));
      }
    }
  }

  String text(String name) {
    String value = optionalText(name);
    if (value == null) {
      throw wrong("needs \"" + name + "\", a text");
    }
    return value;
  }

  @Nullable
  String optionalText(String name) {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || value.textValue().isEmpty() || value.textValue().length() > 200) {
      throw wrong("takes \"" + name + "\" as a text of 1 to 200 characters");
    }
    return value.textValue();
  }

  boolean flag(String name) {
    Boolean value = optionalFlag(name);
    if (value == null) {
      throw wrong("needs \"" + name + "\", true or false");
    }
    return value;
  }

  @Nullable
  Boolean optionalFlag(String name) {
    JsonNode value = node.path(name);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isBoolean()) {
      throw wrong("takes \"" + name + "\" as true or false");
    }
    return value.booleanValue();
  }

  /** A whole number within these bounds; null where it is not given. */
  @Nullable
  Integer optionalNumber(String name, int least, int most) {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw wrong("takes \"" + name + "\" as a whole number from " + least + " to " + most);
    }
    return value.intValue();
  }

  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("\"" + command + "\" " + what);
  }

  private static Iterable<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }
}
