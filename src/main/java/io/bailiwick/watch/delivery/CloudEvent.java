package io.bailiwick.watch.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Outbox.Message;
import io.bailiwick.json.Json;
import io.bailiwick.lead.LeadEvent;
import io.bailiwick.watch.alarm.Notice;

/** Writes a message as a CloudEvent 1.0 in structured JSON. */
final class CloudEvent {

  /** What every type begins with. */
  private static final String TYPE = "io.bailiwick.";

  private CloudEvent() {}

  static String write(Message message) {
    return switch (message.kind()) {
      case LEAD -> {
        LeadEvent event = Json.own(message.body(), LeadEvent.class);
        ObjectNode data = Json.object(event);
        data.remove("id");
        data.remove("type");
        data.remove("at");
        yield event(message, TYPE + "lead." + event.type().word(), event.lead())
            .put("time", event.at().toString())
            .set("data", data)
            .toString();
      }
      case ALARM -> {
        Notice notice = Notice.read(message.body());
        yield event(message, TYPE + "alarm." + notice.state().word(), notice.kind().word())
            .put("time", notice.at().toString())
            .set("data", notice.json())
            .toString();
      }
    };
  }

  private static ObjectNode event(Message message, String type, String subject) {
    return Json.mapper()
        .createObjectNode()
        .put("specversion", "1.0")
        .put("id", message.id())
        .put("source", "/bailiwick")
        .put("type", type)
        .put("subject", subject)
        .put("datacontenttype", "application/json");
  }
}
