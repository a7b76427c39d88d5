package io.bailiwick.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.LeadJson;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads members of one JSON object of a fixture. Everything wrong is an IllegalArgumentException
 * that says where and what; a member nobody knows is wrong too, since it is mostly a misspelled
 * one.
 */
public final class Members {

  private final JsonNode node;
  private final String place;

  /** Of an object that may have these members and no others. */
  public Members(JsonNode node, String place, Set<String> known) {
    this.node = node;
    this.place = place;
    if (!node.isObject()) {
      throw wrong("must be an object");
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                String names = known.stream().sorted().collect(Collectors.joining(", "));
                throw wrong("has a member \"%s\"; there are %s".formatted(name, names));
              }
            });
  }

  /** Whether the member is there. */
  public boolean has(String name) {
    return node.has(name);
  }

  /** The member, which must be there. */
  JsonNode needed(String name) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      throw wrong("lacks \"%s\"".formatted(name));
    }
    return value;
  }

  /** A member that must be a text. */
  public String text(String name) {
    JsonNode value = needed(name);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw wrong("\"%s\" must be a text".formatted(name));
    }
    return value.asText();
  }

  @Nullable
  String optionalText(String name) {
    return node.hasNonNull(name) ? text(name) : null;
  }

  /** A member that must be an instant. */
  public Instant instant(String name) {
    try {
      return Instant.parse(text(name));
    } catch (DateTimeException e) {
      throw wrong("\"%s\" must be an instant such as 2026-01-15T12:00:00Z".formatted(name), e);
    }
  }

  Duration duration(String name) {
    try {
      return Duration.parse(text(name));
    } catch (DateTimeException e) {
      throw wrong("\"%s\" must be a duration such as PT16M".formatted(name), e);
    }
  }

  /** A lead in its wire form; an unknown field is wrong. */
  public Lead lead(String name) {
    var read = LeadJson.read(needed(name), "", SourceMapping.PLAIN, true);
    Lead lead = read.lead();
    if (lead == null) {
      throw wrong(
          read.flaws().stream()
              .map(flaw -> "\"%s\"%s %s".formatted(name, flaw.pointer(), flaw.detail()))
              .collect(Collectors.joining("; ")));
    }
    return lead;
  }

  /** What a fixture expects. */
  public Expectation expectation(String name) {
    var members =
        new Members(
            needed(name),
            place + " " + name,
            Set.of("status", "territory", "reason", "blocker", "rule"));
    return new Expectation(
        members.text("status"),
        members.optionalText("territory"),
        members.optionalText("reason"),
        members.optionalText("blocker"),
        members.optionalText("rule"));
  }

  IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(place + " " + what);
  }

  private IllegalArgumentException wrong(String what, Exception cause) {
    return new IllegalArgumentException(place + " " + what, cause);
  }
}
