package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.vertx.ext.web.RoutingContext;

/** The configuration in force; of secrets only whether there is one. */
final class SettingRoutes {

  private final House house;

  SettingRoutes(Door door) {
    this.house = door.page().house();
  }

  void mount(Routes routes) {
    routes.get("/v1/settings", this::list);
  }

  private void list(RoutingContext context) {
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode list = body.putArray("settings");
    for (House.Setting setting : house.settings()) {
      ObjectNode one = list.addObject();
      one.put("name", setting.name());
      Json.put(one, "value", setting.value());
      Json.put(one, "default", setting.standard());
      one.put("secret", setting.secret()).put("set", setting.set()).put("says", setting.says());
    }
    Answers.json(context, 200, body);
  }
}
