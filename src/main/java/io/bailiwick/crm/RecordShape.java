package io.bailiwick.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.Touched;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an answer to reading a record means: a pure function. Only Zoho's own word makes a record
 * gone (204, or an error that names the record); a bare 404 may be a proxy's.
 */
final class RecordShape {

  private RecordShape() {}

  static RecordState state(Reply reply, String crmId) {
    if (reply.status() == 204) {
      return new RecordState.Gone("the CRM has no such record (204)");
    }
    JsonNode body = reply.json();
    if (reply.status() == 200 && body != null) {
      return shown(body, crmId);
    }
    Saying saying = Saying.about(body, crmId);
    String detail = "the CRM answered " + reply.status();
    boolean refused = reply.status() >= 400 && reply.status() < 500;
    if (refused && saying != null && saying.meaning() == Saying.Meaning.GONE) {
      return new RecordState.Gone(detail + " " + Reply.shown(saying.code()));
    }
    return new RecordState.Unreadable(detail + " to the reading of a record");
  }

  /** By their ids; what is no record with an id and its territories is left out. */
  static Map<String, RecordState> states(Reply reply) {
    JsonNode body = reply.json();
    Map<String, RecordState> states = new HashMap<>();
    if (body == null) {
      return states;
    }
    for (JsonNode record : body.path("data")) {
      String id = TerritoryShape.text(record.path("id"));
      if (id != null && (record.has("Territory") || record.has("Territories"))) {
        states.put(id, new RecordState.Present(territories(record), touched(record)));
      }
    }
    return states;
  }

  private static RecordState shown(JsonNode body, String crmId) {
    JsonNode record = body.path("data").path(0);
    String id = TerritoryShape.text(record.path("id"));
    if (!record.isObject() || (id != null && !id.equals(crmId))) {
      Saying saying = Saying.about(body, crmId);
      return saying != null && saying.meaning() == Saying.Meaning.GONE
          ? new RecordState.Gone("the CRM answered 200 " + Reply.shown(saying.code()))
          : new RecordState.Unreadable("the CRM's answer does not show the record");
    }
    return id == null && !record.has("Territory") && !record.has("Territories")
        ? new RecordState.Unreadable("the CRM's answer does not show the record")
        : new RecordState.Present(territories(record), touched(record));
  }

  /** Zoho's own field, from memory; an organisation that does not show it does not tell. */
  private static Touched touched(JsonNode record) {
    JsonNode field = record.path("Last_Activity_Time");
    if (field.isMissingNode()) {
      return Touched.UNKNOWN;
    }
    Instant at = TerritoryShape.instant(field);
    return at != null ? new Touched.At(at) : field.isNull() ? new Touched.Never() : Touched.UNKNOWN;
  }

  /** The seed contract's text, a look-up {id, name}, or all of Zoho's list. */
  private static List<String> territories(JsonNode record) {
    JsonNode one = record.path("Territory");
    JsonNode list = record.path("Territories");
    List<JsonNode> nodes = new ArrayList<>();
    if (!one.isMissingNode() && !one.isNull()) {
      nodes.add(one);
    } else if (list.isArray()) {
      list.forEach(nodes::add);
    }
    return nodes.stream().map(RecordShape::idOf).filter(Objects::nonNull).toList();
  }

  private static @Nullable String idOf(JsonNode node) {
    return TerritoryShape.text(node.isObject() ? node.path("id") : node);
  }
}
