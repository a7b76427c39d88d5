package io.bailiwick.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.Config;
import io.bailiwick.Demo;
import io.bailiwick.Visit;
import io.bailiwick.flow.Keys;
import io.bailiwick.flow.Keys.Made;
import io.bailiwick.flow.Keys.Order;
import io.bailiwick.json.Json;
import io.bailiwick.json.KeyJson;
import io.bailiwick.lead.AccessKey;
import io.bailiwick.lead.AccessKey.Kind;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Role;
import io.bailiwick.watch.delivery.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The keys of a journal, as commands work on them: by the service that holds it, or by opening it
 * where none does. Both answer the same JSON.
 */
final class KeyRing {

  /** Who made a key where no service was asked. */
  private static final String BY = "command line";

  @Mixin private ConfigOption config;

  @Option(names = "--demo", description = "Those of the demo's journal.")
  private boolean demo;

  /** There is no such key; the message is for people. */
  static final class NoKey extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoKey(String id) {
      super("there is no key of the id " + id + "; bailiwick keys list says which there are");
    }
  }

  /** Makes a key; the answer has its secret. */
  JsonNode add(ObjectNode wish, @Nullable Duration life) {
    Config read = read();
    AskedService service = AskedService.find(read);
    if (service != null) {
      if (life != null) {
        wish.put("expires_in", life.toString());
      }
      return service.post("/v1/keys", wish);
    }
    Instant end = life == null ? null : Instant.now().plus(life);
    Order order = order(wish, end);
    return made(Visit.keys(read, keys -> keys.add(order)));
  }

  /** All keys, as {@code GET /v1/keys} answers. */
  JsonNode list() {
    Config read = read();
    AskedService service = AskedService.find(read);
    if (service != null) {
      return service.get("/v1/keys");
    }
    List<AccessKey> keys = Visit.keys(read, ring -> Visit.done(ring.list()));
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode list = body.putArray("keys");
    keys.forEach(key -> list.add(KeyJson.write(key, Instant.now())));
    return body;
  }

  /** Makes a key that takes another's place, which ends after {@code grace}. */
  JsonNode rotate(String id, Duration grace, @Nullable String secret) {
    Config read = read();
    AskedService service = AskedService.find(read);
    if (service != null) {
      ObjectNode wish = Json.mapper().createObjectNode().put("grace", grace.toString());
      if (secret != null) {
        wish.put("secret", secret);
      }
      return service.post("/v1/keys/" + id + "/rotate", wish);
    }
    checked(secret);
    Optional<Made> made = Visit.keys(read, keys -> keys.rotate(id, grace, BY, secret));
    return made(made.orElseThrow(() -> new NoKey(id)));
  }

  /** Ends a key now. */
  JsonNode revoke(String id) {
    Config read = read();
    AskedService service = AskedService.find(read);
    if (service != null) {
      return service.delete("/v1/keys/" + id);
    }
    Optional<AccessKey> ended = Visit.keys(read, (Keys keys) -> keys.revoke(id));
    return KeyJson.write(ended.orElseThrow(() -> new NoKey(id)), Instant.now());
  }

  private Config read() {
    return config.read(demo ? Demo.DEFAULTS : Map.of());
  }

  private static Order order(ObjectNode wish, @Nullable Instant end) {
    return new Order(
        wish.path("name").asText(wish.path("source").asText()),
        Role.ofKey(wish.path("role").asText()).orElseThrow(),
        wish.path("source").textValue(),
        wish.path("kind").asText().equals(Kind.SIGNATURE.word()) ? Kind.SIGNATURE : Kind.BEARER,
        end,
        BY,
        checked(wish.path("secret").textValue()));
  }

  private static @Nullable String checked(@Nullable String secret) {
    if (secret != null) {
      // Throws with what is wrong, and never with the secret.
      Signature.of(secret);
    }
    return secret;
  }

  private static JsonNode made(Made made) {
    return KeyJson.write(made.key(), Instant.now()).put("secret", made.secret());
  }
}
