package io.bailiwick.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.lead.AccessKey;
import io.bailiwick.lead.Nullable;
import java.time.Instant;

/** A key as an answer: what it opens and until when, never its secret. */
public final class KeyJson {

  private KeyJson() {}

  /** {@code now} says whether it still opens. */
  public static ObjectNode write(AccessKey key, Instant now) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("id", key.id()).put("name", key.name()).put("role", key.role().word());
    put(body, "source", key.source());
    body.put("kind", key.kind().word()).put("live", key.live(now));
    put(body, "created_at", key.createdAt());
    put(body, "created_by", key.createdBy());
    put(body, "ends_at", key.endsAt());
    put(body, "last_used_at", key.lastUsedAt());
    return body;
  }

  private static void put(ObjectNode body, String name, @Nullable Object value) {
    if (value != null) {
      body.put(name, value.toString());
    }
  }
}
