package io.bailiwick.replay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.json.LeadJson;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The text of fixture files: new ones written, and the expectations of present ones replaced in
 * place, so that nothing else of a file that people keep changes.
 */
public final class FixtureText {

  private FixtureText() {}

  /**
   * A file of lead fixtures, a lead a line; one of another instant than the file's says its own.
   */
  public static String write(Instant at, List<LeadCase> cases) {
    var text = new StringBuilder("{\"at\":\"").append(at).append("\",\n \"leads\":[");
    String separator = "\n  ";
    for (LeadCase one : cases) {
      text.append(separator).append(line(at, one));
      separator = ",\n  ";
    }
    return text.append("]}\n").toString();
  }

  /**
   * One fixture as a line of a file whose instant is {@code at}; null for a file that says none.
   */
  public static String line(@Nullable Instant at, LeadCase one) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("name", one.name());
    if (!one.at().equals(at)) {
      node.put("at", one.at().toString());
    }
    node.set("lead", LeadJson.posted(one.lead()));
    node.set("expect", expect(one.expectation()));
    return Json.write(node);
  }

  /**
   * A file's text with one more fixture at its end, and nothing else of it changed. Throws
   * IllegalArgumentException where the file is no fixture file.
   */
  public static String appended(String file, LeadCase one) {
    Instant at = null;
    int end = -1;
    boolean empty = true;
    try (JsonParser parser = Json.mapper().createParser(file)) {
      while (parser.nextToken() != null) {
        String name = parser.currentName();
        JsonToken token = parser.currentToken();
        int depth = depth(parser);
        if (depth == 1 && token == JsonToken.VALUE_STRING && "at".equals(name)) {
          at = Instant.parse(parser.getText());
        } else if (depth == 3 && token == JsonToken.START_OBJECT) {
          empty = false;
        } else if (depth == 1 && token == JsonToken.END_ARRAY && "leads".equals(name)) {
          end = (int) parser.currentTokenLocation().getCharOffset();
        }
      }
    } catch (IOException | DateTimeException e) {
      throw new IllegalArgumentException("it is no file of fixtures: " + e.getMessage(), e);
    }
    if (end < 0) {
      throw new IllegalArgumentException("it is no file of fixtures: it has no \"leads\"");
    }
    String before = file.substring(0, end).stripTrailing();
    String added = (empty ? "\n  " : ",\n  ") + line(at, one);
    return before + added + file.substring(end);
  }

  /**
   * A file's text with the expectations of some of its leads replaced, by the lead's number from 1.
   * Throws IllegalArgumentException where the file is no fixture file.
   */
  public static String replace(String file, Map<Integer, Expectation> expectations) {
    var places = new TreeMap<Integer, int[]>();
    try (JsonParser parser = Json.mapper().createParser(file)) {
      int number = 0;
      while (parser.nextToken() != null) {
        int depth = depth(parser);
        // { leads [ { expect — the lead's object is the third level.
        if (parser.currentToken() == JsonToken.START_OBJECT && depth == 3) {
          number++;
        }
        boolean expect =
            parser.currentToken() == JsonToken.FIELD_NAME
                && depth == 3
                && "expect".equals(parser.currentName());
        if (expect) {
          parser.nextToken();
          int start = (int) parser.currentTokenLocation().getCharOffset();
          parser.skipChildren();
          places.put(number, new int[] {start, (int) parser.currentLocation().getCharOffset()});
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("not a fixture file", e);
    }
    return spliced(file, places, expectations);
  }

  private static String spliced(
      String file, Map<Integer, int[]> places, Map<Integer, Expectation> expectations) {
    var text = new StringBuilder();
    int from = 0;
    for (Map.Entry<Integer, int[]> place : places.entrySet()) {
      Expectation expectation = expectations.get(place.getKey());
      if (expectation != null) {
        text.append(file, from, place.getValue()[0]).append(Json.write(expect(expectation)));
        from = place.getValue()[1];
      }
    }
    return text.append(file.substring(from)).toString();
  }

  private static int depth(JsonParser parser) {
    int depth = 0;
    for (var context = parser.getParsingContext();
        !context.inRoot();
        context = context.getParent()) {
      depth++;
    }
    return depth;
  }

  private static ObjectNode expect(Expectation expectation) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("status", expectation.status());
    put(node, "reason", expectation.reason());
    put(node, "blocker", expectation.blocker());
    put(node, "territory", expectation.territory());
    put(node, "rule", expectation.rule());
    return node;
  }

  private static void put(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }
}
