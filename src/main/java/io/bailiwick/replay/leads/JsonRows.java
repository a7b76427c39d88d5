package io.bailiwick.replay.leads;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.bailiwick.json.Json;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * The elements of a JSON array, or of {@code leads} in an object, one at a time: a file of
 * fixtures, or leads as they would be posted.
 */
final class JsonRows implements RowReader {

  private final String file;
  private final InputStream in;
  private final JsonElements elements;

  /** What follows an element is the next one. */
  private final ObjectReader reader =
      Json.mapper()
          .readerFor(JsonNode.class)
          .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private long number;
  private @Nullable Instant at;

  JsonRows(String file, InputStream in, SourceMapping mapping) {
    this.file = file;
    this.in = in;
    this.elements = new JsonElements(mapping);
  }

  @Override
  public void read(Tally tally) throws IOException {
    try (JsonParser parser = new BoundedParser(Json.mapper().getFactory().createParser(in))) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        readArray(parser, tally);
      } else if (first == JsonToken.START_OBJECT) {
        readObject(parser, tally);
      } else {
        throw new IllegalArgumentException(
            file + " must be an array of leads, or an object with \"leads\"");
      }
    } catch (JsonProcessingException e) {
      throw new Broken(place(), "not JSON from here on: " + e.getOriginalMessage(), e);
    } catch (BoundedParser.TooLong e) {
      throw new Broken(place(), "a lead longer than " + LeadFiles.MAX_ROW + " bytes", e);
    } catch (IOException e) {
      throw new Broken(place(), "the file cannot be read on: " + e.getMessage(), e);
    }
  }

  /** Where the element stands that is being read. */
  private String place() {
    return file + "#" + (number + 1);
  }

  private void readObject(JsonParser parser, Tally tally) throws IOException {
    boolean found = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("leads") && value == JsonToken.START_ARRAY) {
        found = true;
        readArray(parser, tally);
      } else if (name.equals("at") && value == JsonToken.VALUE_STRING) {
        at = instant(parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    if (!found) {
      throw new IllegalArgumentException(file + " has no array \"leads\"");
    }
  }

  private void readArray(JsonParser parser, Tally tally) throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      ((BoundedParser) parser).begin();
      JsonNode node = reader.readValue(parser);
      String place = place();
      number++;
      elements.add(place, node, at, tally);
    }
  }

  private Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          file + " \"at\" must be an instant such as 2026-01-15T12:00:00Z", e);
    }
  }
}
