package io.bailiwick.replay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.LeadJson;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Nullable;
import io.bailiwick.replay.Members;
import java.time.Instant;
import java.util.Set;

/**
 * Makes leads of JSON objects: each a lead as a source would post it, or a fixture with {@code
 * lead} and {@code expect}.
 */
record JsonElements(SourceMapping mapping) {

  private static final Set<String> FIXTURE = Set.of("name", "at", "lead", "expect");

  /** One element; {@code at} is the instant of a file of fixtures, null for none. */
  void add(String place, JsonNode node, @Nullable Instant at, Tally tally) {
    if (!node.isObject()) {
      tally.unread(place, Unread.NOT_JSON, "it is no JSON object");
    } else if (node.path("lead").isObject() && node.has("expect")) {
      fixture(place, node, at, tally);
    } else {
      tally.json(place, LeadJson.read(node, "", mapping, false));
    }
  }

  private static void fixture(String place, JsonNode node, @Nullable Instant at, Tally tally) {
    try {
      var members = new Members(node, place, FIXTURE);
      tally.lead(
          place,
          members.lead("lead"),
          new LeadRow.Fixture(
              members.text("name"),
              members.has("at") ? members.instant("at") : at,
              members.expectation("expect")));
    } catch (IllegalArgumentException e) {
      tally.unread(place, Unread.INVALID_FIXTURE, String.valueOf(e.getMessage()));
    }
  }
}
