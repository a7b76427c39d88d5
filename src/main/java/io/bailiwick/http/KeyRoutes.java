package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Keys;
import io.bailiwick.flow.Keys.Made;
import io.bailiwick.flow.Keys.Order;
import io.bailiwick.flow.Timers;
import io.bailiwick.http.access.Caller;
import io.bailiwick.json.Json;
import io.bailiwick.json.KeyJson;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.AccessKey.Kind;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Role;
import io.bailiwick.watch.delivery.Signature;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The keys: made, shown without their secrets, exchanged, and ended. */
final class KeyRoutes {

  private static final List<String> MEMBERS =
      List.of("name", "role", "source", "kind", "expires_in", "secret");

  /** How long an exchanged key still opens, where nothing else is said. */
  private static final Duration GRACE = Duration.ofHours(24);

  private final Keys keys;
  private final Timers timers;
  private final BodyReader bodies;

  KeyRoutes(HttpSettings settings, Door door) {
    this.keys = door.keys();
    this.timers = door.timers();
    this.bodies = new BodyReader(settings.bodyMax());
  }

  void mount(Routes routes) {
    routes.get("/v1/keys", this::list);
    routes.post("/v1/keys", this::add);
    routes.post("/v1/keys/:id/rotate", this::rotate);
    routes.delete("/v1/keys/:id", this::revoke);
  }

  private void list(RoutingContext context) {
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode list = body.putArray("keys");
    Instant now = timers.now();
    keys.list().forEach(key -> list.add(KeyJson.write(key, now)));
    Answers.json(context, 200, body);
  }

  private void add(RoutingContext context) {
    bodies
        .read(context)
        .compose(
            body -> {
              Wish wish = Wish.read(body.getBytes()).knowing(MEMBERS);
              return Future.fromCompletionStage(keys.add(order(wish, Caller.of(context))));
            })
        .onSuccess(made -> Answers.json(context, 201, made(made)))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private void rotate(RoutingContext context) {
    String id = context.pathParam("id");
    bodies
        .read(context)
        .compose(
            body -> {
              Wish wish = Wish.read(body.getBytes()).knowing(List.of("grace", "secret"));
              Duration grace = Objects.requireNonNullElse(wish.duration("grace"), GRACE);
              String secret = secret(wish, signs(id));
              String by = Caller.of(context).who(null);
              return Future.fromCompletionStage(keys.rotate(id, grace, by, secret));
            })
        .map(made -> made(made.orElseThrow(KeyRoutes::unknown)))
        .onSuccess(body -> Answers.json(context, 201, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private void revoke(RoutingContext context) {
    Future.fromCompletionStage(keys.revoke(context.pathParam("id")))
        .map(ended -> KeyJson.write(ended.orElseThrow(KeyRoutes::unknown), timers.now()))
        .onSuccess(body -> Answers.json(context, 200, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  private Order order(Wish wish, Caller caller) {
    Role role = role(wish.text("role"));
    Kind kind = kind(wish.text("kind"));
    String source = wish.text("source");
    String name = wish.text("name") == null ? source : wish.text("name");
    Duration life = wish.duration("expires_in");
    Instant end = life == null ? null : timers.now().plus(life);
    String secret = secret(wish, kind == Kind.SIGNATURE);
    return new Order(String.valueOf(name), role, source, kind, end, caller.who(null), secret);
  }

  private boolean signs(String id) {
    return keys.list().stream()
        .anyMatch(key -> key.id().equals(id) && key.kind() == Kind.SIGNATURE);
  }

  private static @Nullable String secret(Wish wish, boolean signing) {
    String secret = wish.text("secret");
    if (secret != null && !signing) {
      throw refused("Only a signing key's secret can be given; others are made.");
    }
    if (secret != null) {
      // Throws with what is wrong, and never with the secret.
      Signature.of(secret);
    }
    return secret;
  }

  private static Role role(@Nullable String word) {
    return Role.ofKey(String.valueOf(word))
        .orElseThrow(() -> refused("role must be one of source, viewer, analyst, operator."));
  }

  private static Kind kind(@Nullable String word) {
    if (word == null || word.equals(Kind.BEARER.word())) {
      return Kind.BEARER;
    }
    if (word.equals(Kind.SIGNATURE.word())) {
      return Kind.SIGNATURE;
    }
    throw refused("kind must be bearer or, for sources, signature.");
  }

  /** The one time that a secret is told. */
  private ObjectNode made(Made made) {
    return KeyJson.write(made.key(), timers.now()).put("secret", made.secret());
  }

  private static Refusal unknown() {
    return new Refusal(ProblemType.NOT_FOUND, "There is no key of that id.");
  }

  private static Refusal refused(String detail) {
    return new Refusal(ProblemType.INVALID_REQUEST, detail);
  }
}
