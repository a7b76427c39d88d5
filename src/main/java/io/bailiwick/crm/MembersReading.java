package io.bailiwick.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.TerritoryMembers;
import io.bailiwick.lead.TerritoryMembers.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads who works in a territory: the first page of {@code settings/territories/{id}/users}, which
 * only the documented API has (Zoho's page on getting users of a territory).
 */
final class MembersReading {

  static final TerritoryMembers UNTOLD =
      new TerritoryMembers.Untold(
          "The classic API has no call that lists the users of a territory; crm.dialect: zoho-v8"
              + " has.");

  private MembersReading() {}

  static String path(String territory) {
    return "settings/territories/%s/users?page=1&per_page=%d"
        .formatted(Wire.segment(territory), PageWalk.PER_PAGE);
  }

  static TerritoryMembers of(Heard heard) {
    if (!(heard instanceof Heard.Answered answered)) {
      return new TerritoryMembers.Failed(heard.why());
    }
    Reply reply = answered.reply();
    if (reply.status() == 204) {
      return new TerritoryMembers.Told(List.of(), false);
    }
    JsonNode body = reply.status() == 200 ? reply.json() : null;
    if (body == null || !body.path("users").isArray()) {
      return new TerritoryMembers.Failed(heard.why() + " to the reading of its users");
    }
    List<Member> members = new ArrayList<>();
    body.path("users").forEach(user -> members.add(member(user)));
    return new TerritoryMembers.Told(members, body.at("/info/more_records").asBoolean(false));
  }

  private static Member member(JsonNode user) {
    String name = TerritoryShape.text(user.path("full_name"));
    return new Member(
        name == null ? String.valueOf(TerritoryShape.text(user.path("id"))) : name,
        TerritoryShape.employed(user),
        TerritoryShape.text(user.at("/profile/name")),
        TerritoryShape.text(user.at("/role/name")));
  }
}
