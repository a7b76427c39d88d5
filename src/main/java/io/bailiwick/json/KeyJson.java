package io.bailiwick.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.lead.AccessKey;
import java.time.Instant;

/** A key as an answer: what it opens and until when, never its secret. */
public final class KeyJson {

  private KeyJson() {}

  /** {@code now} says whether it still opens. */
  public static ObjectNode write(AccessKey key, Instant now) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("id", key.id()).put("name", key.name()).put("role", key.role().word());
    Json.put(body, "source", key.source());
    body.put("kind", key.kind().word()).put("live", key.live(now));
    Json.put(body, "created_at", key.createdAt());
    Json.put(body, "created_by", key.createdBy());
    Json.put(body, "ends_at", key.endsAt());
    Json.put(body, "last_used_at", key.lastUsedAt());
    return body;
  }
}
