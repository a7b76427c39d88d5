package io.bailiwick.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.lead.Diagnosis;
import io.bailiwick.lead.Diagnosis.Line;
import io.bailiwick.lead.Diagnosis.Status;
import io.bailiwick.lead.Nullable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A diagnosis as an answer, with the worst of its lines. */
public final class DiagnosisJson {

  private DiagnosisJson() {}

  /** The lines in their order; {@code status} is the worst of them. */
  public static ObjectNode write(Diagnosis diagnosis) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("status", diagnosis.worst().word());
    body.setAll(Json.object(diagnosis));
    return body;
  }

  /** What {@link #write} wrote; throws IllegalArgumentException for anything else. */
  public static Diagnosis read(JsonNode body) {
    List<Line> lines = new ArrayList<>();
    try {
      for (JsonNode line : body.path("lines")) {
        Status status = Status.valueOf(line.path("status").asText().toUpperCase(Locale.ROOT));
        lines.add(new Line(text(line, "check"), status, text(line, "seen"), advice(line)));
      }
      return new Diagnosis(Instant.parse(text(body, "at")), text(body, "dialect"), lines);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no diagnosis of this version", e);
    }
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asText();
  }

  private static @Nullable String advice(JsonNode line) {
    return line.path("advice").isTextual() ? line.path("advice").textValue() : null;
  }
}
