package io.bailiwick.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.HistoryLine;
import java.util.List;

/** A lead's whole state as an answer: status, reason, territory, decision and history. */
public final class EntryJson {

  private EntryJson() {}

  /** The state without the history. */
  public static ObjectNode write(Entry entry) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("id", entry.id());
    body.put("status", entry.stage().status());
    if (entry.reason() != null) {
      body.put("reason", entry.reason().word());
    }
    if (entry.parkReason() != null) {
      body.put("reason", entry.parkReason().word());
    }
    Json.put(body, "blocker", entry.blocker());
    Json.put(body, "supersededBy", entry.supersededBy());
    Json.put(body, "due", entry.due());
    if (entry.territory() != null) {
      body.set("territory", Json.tree(entry.territory()));
    }
    Json.put(body, "crmId", entry.crmId());
    body.put("revision", entry.revision());
    body.put("attempts", entry.attempts().spent());
    Json.put(body, "sender", entry.origin().sender());
    Json.put(body, "acceptedAt", entry.acceptedAt());
    Json.put(body, "changedAt", entry.changedAt());
    if (entry.decision() != null) {
      body.set("decision", decision(entry.decision()));
    }
    body.set("lead", LeadJson.write(entry.lead()));
    return body;
  }

  /** The state with its history, oldest first. */
  public static ObjectNode write(Entry entry, List<HistoryLine> history) {
    ObjectNode body = write(entry);
    ArrayNode lines = body.putArray("history");
    for (HistoryLine line : history) {
      ObjectNode one = lines.addObject();
      one.put("at", line.at().toString());
      one.put("status", line.stage().status());
      one.put("note", line.note());
    }
    return body;
  }

  /** A decision with its receipt's members beside its own. */
  public static ObjectNode decision(Decision decision) {
    ObjectNode body = Json.object(decision);
    ObjectNode receipt = (ObjectNode) body.remove("receipt");
    body.setAll(receipt);
    return body;
  }
}
