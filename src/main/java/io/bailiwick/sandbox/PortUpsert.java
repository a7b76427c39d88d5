package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Creation;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.NewRecords;
import io.bailiwick.lead.Outcome;
import io.bailiwick.sandbox.PortCalls.Served;
import java.nio.charset.StandardCharsets;

/** The port face's way to make a record: the HTTP face's own call, without the wire. */
final class PortUpsert {

  private PortUpsert() {}

  static Served<Creation> served(SandboxModel model, String path, Lead lead) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.putArray("data").add(Json.tree(NewRecords.STANDARD.values(lead)));
    body.set("duplicate_check_fields", Json.tree(NewRecords.STANDARD.checks(lead)));
    body.putArray("trigger");
    byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
    ApiCall call = ApiCall.of("POST", path, bytes);
    ApiAnswer answer = new RecordWrites(model).upsert(call, lead.module());
    return new Served<>(answer.status(), creation(answer));
  }

  private static Creation creation(ApiAnswer answer) {
    JsonNode body = answer.body() == null ? Json.mapper().missingNode() : answer.body();
    JsonNode item = body.has("data") ? body.path("data").path(0) : body;
    String code = item.path("code").asText();
    String id = item.path("details").path("id").asText();
    if (code.equals("SUCCESS")) {
      boolean found = item.path("action").asText().equals("update");
      return new Creation.Named(id, found, "the sandbox says so");
    }
    return new Creation.Failed(new Outcome.Rejected("the sandbox answered " + code));
  }
}
