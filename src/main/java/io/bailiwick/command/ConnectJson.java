package io.bailiwick.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.crm.Introduction;
import io.bailiwick.crm.oauth.DataCentre;
import io.bailiwick.crm.oauth.Scopes;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.net.URI;

/** What {@code connect --json} says: no secret, and nothing but one object. */
final class ConnectJson {

  private ConnectJson() {}

  /** Where a grant code is made, and for which scopes. */
  static ObjectNode guide(DataCentre centre) {
    ObjectNode said = Json.mapper().createObjectNode();
    said.put("dataCentre", centre.word()).put("console", centre.console());
    Scopes.ALL.forEach(said.putArray("scopes")::add);
    return said;
  }

  /** As whom it is connected, and what is not as it should be. */
  static ObjectNode connected(
      DataCentre centre, Introduction who, URI home, @Nullable String advice) {
    ObjectNode said = Json.mapper().createObjectNode();
    said.put("status", who.letIn() ? "connected" : "not_for_everything");
    said.put("dataCentre", centre.word()).put("api", home.toString());
    said.put("user", who.user()).put("profile", who.profile());
    said.put("organisation", who.organisation());
    who.troubles().forEach(said.putArray("troubles")::add);
    Json.put(said, "advice", advice);
    return said;
  }
}
