package io.bailiwick.replay.receipts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.json.LeadJson;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A lead and its decision as JSON: as {@code GET /v1/leads/{id}} answers, with members {@code lead}
 * and {@code decision}; other members do not matter.
 */
public record ReceiptFile(Lead lead, Decision decision) {

  /** What a decision says itself; every other member is its receipt's. */
  private static final List<String> OWN =
      List.of("action", "territory", "reason", "blocker", "lookAgain");

  /** Throws IllegalArgumentException that says which member is wrong. */
  public static ReceiptFile read(byte[] json) {
    JsonNode root;
    try {
      root = Json.read(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("the receipt is not JSON: " + e.getMessage(), e);
    }
    if (!root.path("lead").isObject() || !root.path("decision").isObject()) {
      throw new IllegalArgumentException(
          "a receipt has \"lead\" and \"decision\", as GET /v1/leads/{id} answers them");
    }
    return new ReceiptFile(lead((ObjectNode) root.get("lead")), decision(root.get("decision")));
  }

  private static Lead lead(ObjectNode node) {
    // Derived from the address, and no field of its own.
    node.remove("emailDomain");
    LeadJson.Read read = LeadJson.read(node, "/lead", SourceMapping.PLAIN, true);
    Lead lead = read.lead();
    if (lead == null) {
      throw new IllegalArgumentException(
          read.flaws().stream()
              .map(flaw -> flaw.pointer() + " " + flaw.detail())
              .collect(Collectors.joining("; ")));
    }
    return lead;
  }

  private static Decision decision(JsonNode node) {
    ObjectNode own = Json.mapper().createObjectNode();
    ObjectNode receipt = Json.mapper().createObjectNode();
    node.properties()
        .forEach(
            member -> {
              boolean of = OWN.contains(member.getKey());
              (of ? own : receipt).set(member.getKey(), member.getValue());
            });
    own.set("receipt", node.path("receipt").isObject() ? node.get("receipt") : receipt);
    try {
      return Json.own(Json.write(own), Decision.class);
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("\"decision\" is no decision with its receipt", e);
    }
  }
}
