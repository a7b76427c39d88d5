package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.http.access.Caller;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Role;
import io.vertx.ext.web.RoutingContext;

/**
 * Who asks, as the door knows it, and in what kind of house: what a page shows and leaves out. To
 * those it does not know it says that a key is asked for, and nothing else.
 */
final class SessionRoutes {

  private final Door door;

  SessionRoutes(Door door) {
    this.door = door;
  }

  void mount(Routes routes) {
    routes.get("/v1/session", this::session);
  }

  private void session(RoutingContext context) {
    Caller caller = Caller.of(context);
    ObjectNode body = Json.mapper().createObjectNode();
    boolean open = !caller.known() && caller.role() == Role.OPERATOR;
    body.put("access", open ? "open" : "keys");
    if (caller.known()) {
      body.put("who", caller.name());
    }
    body.put("role", caller.role().word());
    if (!caller.seesHouse()) {
      Answers.json(context, 200, body);
      return;
    }
    body.put("masked", caller.seesMasked());
    body.put("bailiwick", door.page().house().version());
    body.put("demo", door.page().house().demo());
    body.put("fourEyes", door.fourEyes().required());
    Answers.json(context, 200, body);
  }
}
