package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.json.Problem;
import io.bailiwick.json.ProblemType;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The answer to several leads: each in its place, with its id or with what is wrong. A request that
 * comes again with its key is answered by what was stored the first time, even if its source's
 * mapping has changed since and other leads of it would be taken now.
 */
final class BatchAnswer {

  private final List<LeadBodies.Item> items;
  private final List<List<Problem.Flaw>> refused;
  private final List<Optional<Entry>> placed;

  BatchAnswer(List<LeadBodies.Item> items, List<List<Problem.Flaw>> refused, List<Entry> entries) {
    this.items = items;
    this.refused = refused;
    this.placed = place(entries);
  }

  /** 202 where all are stored, 207 where some are. */
  int status() {
    return placed.stream().allMatch(Optional::isPresent) ? 202 : 207;
  }

  ObjectNode body() {
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode leads = body.putArray("leads");
    int accepted = 0;
    for (int i = 0; i < items.size(); i++) {
      Optional<Entry> entry = placed.get(i);
      if (entry.isPresent()) {
        leads.add(accepted(entry.get(), items.get(i)));
        accepted++;
      } else {
        leads.add(refusal(refused.get(i)));
      }
    }
    body.put("accepted", accepted);
    body.put("refused", items.size() - accepted);
    return body;
  }

  /** One lead that was accepted; the same when the request is sent again with its key. */
  static ObjectNode accepted(Entry entry, LeadBodies.Item item) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("id", entry.id());
    body.put("status", "accepted");
    warn(body, item);
    return body;
  }

  static void warn(ObjectNode body, LeadBodies.Item item) {
    if (!item.read().warnings().isEmpty()) {
      body.set("warnings", Json.tree(item.read().warnings()));
    }
  }

  private static ObjectNode refusal(List<Problem.Flaw> flaws) {
    String detail =
        flaws.isEmpty()
            ? "The lead was refused when this request came first; send it with another key."
            : "The lead was refused.";
    return new Problem(ProblemType.INVALID_LEAD, detail, flaws).json();
  }

  /** The entries stand in the order of their items; those between have none. */
  private List<Optional<Entry>> place(List<Entry> entries) {
    boolean asRead = refused.stream().filter(List::isEmpty).count() == entries.size();
    List<Optional<Entry>> all = new ArrayList<>(items.size());
    int next = 0;
    for (int i = 0; i < items.size(); i++) {
      boolean here =
          next < entries.size()
              && (asRead ? refused.get(i).isEmpty() : sameRecord(items.get(i), entries.get(next)));
      all.add(here ? Optional.of(entries.get(next++)) : Optional.empty());
    }
    return all;
  }

  private static boolean sameRecord(LeadBodies.Item item, Entry entry) {
    Lead lead = item.read().lead();
    return lead != null
        && (lead.crmId() == null
            ? lead.equals(entry.lead())
            : lead.crmId().equals(entry.crmId()) && lead.module().equals(entry.lead().module()));
  }
}
