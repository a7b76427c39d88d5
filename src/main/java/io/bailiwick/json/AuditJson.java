package io.bailiwick.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.lead.AuditFinding.News;
import io.bailiwick.lead.AuditReport;
import java.util.List;

/** A finished audit as an answer: its report with what can be counted of it. */
public final class AuditJson {

  /** What {@link #write} adds to the report's own members. */
  private static final List<String> ADDED = List.of("status", "drifted", "counts");

  private AuditJson() {}

  /** The report, {@code status: finished}, whether it drifted, and its findings by their news. */
  public static ObjectNode write(AuditReport report) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("status", "finished").put("drifted", report.drifted());
    ObjectNode counts = body.putObject("counts");
    for (News news : News.values()) {
      counts.put(news.word(), report.count(news));
    }
    body.setAll(Json.object(report));
    return body;
  }

  /** What {@link #write} wrote; throws IllegalArgumentException for anything else. */
  public static AuditReport read(JsonNode body) {
    if (!(body instanceof ObjectNode object)) {
      throw new IllegalArgumentException("an audit is a JSON object");
    }
    ObjectNode report = object.deepCopy();
    report.remove(ADDED);
    try {
      return Json.mapper().treeToValue(report, AuditReport.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no audit of this version: " + e.getOriginalMessage(), e);
    }
  }
}
