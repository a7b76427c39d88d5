package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryReading.Listed;
import java.time.Instant;
import java.util.Set;

/** What the sandbox tells about itself, as JSON. */
final class Inspection {

  /** Which writes to show; a null module or id means any. */
  record Filter(@Nullable String module, @Nullable String id, long after, int limit) {

    boolean takes(WriteLog.Write write) {
      return write.seq() > after
          && (module == null || module.equals(write.module()))
          && (id == null || id.equals(write.id()));
    }
  }

  private Inspection() {}

  static ObjectNode state(World world, SandboxSettings settings, Instant now) {
    ObjectNode state = Json.mapper().createObjectNode();
    state.put("now", now.toString());
    state.put("propagation", settings.propagation().toString());
    state.put("adopt", settings.adopt());
    TerritoryBook book = world.territories();
    ObjectNode user = state.putObject("user").put("id", book.userId());
    Set<String> memberOf = book.memberOf();
    if (memberOf != null) {
      memberOf.forEach(user.putArray("memberOf")::add);
    }
    put(user, "permitted", book.permitted());
    ArrayNode territories = state.putArray("territories");
    for (Listed listed : book.all()) {
      Blocker refusal = book.refusal(listed.id(), now, settings.propagation());
      territory(territories.addObject(), listed).put("refused", word(refusal));
    }
    ObjectNode records = state.putObject("records");
    world.records().sizes().forEach(records::put);
    ArrayNode faults = state.putArray("faults");
    world.faults().faults().forEach(fault -> fault(faults.addObject(), fault));
    state.set("oauth", world.oauth().state());
    return state;
  }

  static ObjectNode writes(WriteLog log, Filter filter) {
    ObjectNode seen = Json.mapper().createObjectNode();
    long total = 0;
    ArrayNode list = seen.putArray("writes");
    for (WriteLog.Write write : log.kept()) {
      if (filter.takes(write)) {
        total++;
        if (list.size() < filter.limit()) {
          write(list.addObject(), write);
        }
      }
    }
    return seen.put("total", total).put("ever", log.ever());
  }

  private static void write(ObjectNode node, WriteLog.Write write) {
    node.put("seq", write.seq())
        .put("at", write.at().toString())
        .put("module", write.module())
        .put("id", write.id())
        .put("territory", write.territory())
        .put("result", write.verdict().word());
    if (write.options() != null) {
      node.set("options", write.options());
    }
  }

  private static ObjectNode territory(ObjectNode node, Listed listed) {
    node.put("id", listed.id()).put("name", listed.name()).put("parentId", listed.parentId());
    node.put("manager", listed.manager());
    if (listed.active() != Flag.UNKNOWN) {
      node.put("status", listed.active() == Flag.YES ? "Active" : "Inactive");
    }
    put(node, "apiEnabled", listed.apiEnabled());
    Instant created = listed.createdAt();
    return created == null ? node : node.put("createdAt", created.toString());
  }

  private static void fault(ObjectNode node, Fault fault) {
    node.put("kind", fault.kind().word()).put("share", fault.share()).put("path", fault.path());
    if (fault.times() != null) {
      node.put("times", fault.times());
    }
    if (fault.row() != null) {
      node.put("row", fault.row().name());
    }
    if (fault.record() != null) {
      node.put("record", fault.record());
    }
    if (fault.status() != 0) {
      node.put("status", fault.status());
    }
    if (fault.retryAfter() != null) {
      node.put("retryAfter", fault.retryAfter());
    }
    if (fault.millis() != 0) {
      node.put("millis", fault.millis());
    }
    if (fault.toMillis() != 0) {
      node.put("toMillis", fault.toMillis());
    }
  }

  private static void put(ObjectNode node, String name, Flag flag) {
    if (flag != Flag.UNKNOWN) {
      node.put(name, flag == Flag.YES);
    }
  }

  private static @Nullable String word(@Nullable Blocker blocker) {
    return blocker == null ? null : blocker.word();
  }
}
