package io.bailiwick.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bailiwick.flow.Desk.Hand;
import io.bailiwick.http.access.Caller;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;

/** The JSON object by which a person asks for something; what is wrong in it is a refusal. */
record Wish(JsonNode body) {

  /** The longest name or reason that is kept in a history. */
  private static final int WORDS_MAX = 200;

  /** Reads a body; an empty one asks for nothing in particular. */
  static Wish read(byte[] bytes) {
    if (bytes.length == 0) {
      return new Wish(JsonNodeFactory.instance.objectNode());
    }
    Wish wish = of(bytes);
    if (!wish.body.isObject()) {
      throw refused("The body must be one JSON object.");
    }
    return wish;
  }

  /** Reads a body that must say something; what is no object says nothing. */
  static Wish of(byte[] bytes) {
    try {
      return new Wish(Json.read(bytes));
    } catch (IOException e) {
      throw new Refusal(ProblemType.MALFORMED_BODY, "The body is not JSON.");
    }
  }

  /** Refuses members of other names: a misspelt filter would mean other leads. */
  Wish knowing(Collection<String> members) {
    for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!members.contains(name)) {
        throw refused(
            "There is no member %s here; there are %s."
                .formatted(name, String.join(", ", members)));
      }
    }
    return this;
  }

  /** A text; null where it is not there. */
  @Nullable
  String text(String member) {
    JsonNode value = body.path(member);
    if (!value.isTextual() && !value.isMissingNode()) {
      throw refused(member + " must be a text.");
    }
    return value.isTextual() ? value.asText() : null;
  }

  /** Yes or no; no where it is not there. */
  boolean flag(String member) {
    JsonNode value = body.path(member);
    if (!value.isBoolean() && !value.isMissingNode()) {
      throw refused(member + " must be true or false.");
    }
    return value.asBoolean();
  }

  /** A whole number within bounds; the first bound and last are allowed. */
  int number(String member, int without, int most) {
    JsonNode value = body.path(member);
    if (value.isMissingNode()) {
      return without;
    }
    if (!value.isInt() || value.asInt() < 1 || value.asInt() > most) {
      throw refused("%s must be a whole number from 1 to %,d.".formatted(member, most));
    }
    return value.asInt();
  }

  /** A length of time; null where it is not there. */
  @Nullable
  Duration duration(String member) {
    String text = text(member);
    return text == null ? null : Spans.read(member, text);
  }

  /** An object within this one; empty where it is not there. */
  Wish object(String member) {
    JsonNode value = body.path(member);
    if (value.isMissingNode()) {
      return new Wish(JsonNodeFactory.instance.objectNode());
    }
    if (!value.isObject()) {
      throw refused(member + " must be an object.");
    }
    return new Wish(value);
  }

  /** Who asks and why: the name of the caller's key, or else what {@code who} says. */
  Hand hand(Caller caller) {
    return new Hand(caller.who(words("who")), words("why"));
  }

  private @Nullable String words(String member) {
    String text = text(member);
    if (text == null || text.isBlank()) {
      return null;
    }
    if (text.length() > WORDS_MAX || text.chars().anyMatch(Character::isISOControl)) {
      throw refused("%s must be one line of at most %d characters.".formatted(member, WORDS_MAX));
    }
    return text.strip();
  }

  private static Refusal refused(String detail) {
    return new Refusal(ProblemType.INVALID_REQUEST, detail);
  }
}
