package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.TokenBook;
import io.bailiwick.flow.TokenBook.Access;
import io.bailiwick.flow.TokenBook.Grant;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Nullable;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Takes what {@code connect} was given at the CRM; no secret is ever told again. */
final class ConnectionRoutes {

  private static final List<String> MEMBERS =
      List.of(
          "accounts",
          "client_id",
          "client_secret",
          "refresh_token",
          "access_token",
          "made_at",
          "expires_at",
          "api_domain");

  private static final int LONGEST = 4096;

  private final TokenBook book;
  private final BodyReader bodies;

  ConnectionRoutes(HttpSettings settings, Door door) {
    this.book = door.journal().tokens();
    this.bodies = new BodyReader(settings.bodyMax());
  }

  void mount(Routes routes) {
    routes.put("/v1/connection", this::connect);
  }

  private void connect(RoutingContext context) {
    bodies
        .read(context)
        .compose(
            body -> {
              Wish wish = Wish.read(body.getBytes()).knowing(MEMBERS);
              Grant grant = grant(wish);
              return Future.fromCompletionStage(kept(grant, access(wish))).map(done -> told(grant));
            })
        .onSuccess(body -> Answers.json(context, 200, body))
        .onFailure(failure -> Answers.failure(context, failure));
  }

  /** The token first: what it is renewed with must not be used before it is known. */
  private CompletionStage<Void> kept(Grant grant, @Nullable Access access) {
    return access == null
        ? book.keepGrant(grant)
        : book.keep(grant.key(), access).thenCompose(done -> book.keepGrant(grant));
  }

  private static ObjectNode told(Grant grant) {
    return Json.mapper()
        .createObjectNode()
        .put("accounts", grant.accounts())
        .put("client_id", grant.clientId());
  }

  private static Grant grant(Wish wish) {
    String accounts = needed(wish, "accounts");
    if (!carries(accounts)) {
      throw refused("accounts must be an https URL, or one of this machine.");
    }
    return new Grant(
        accounts,
        needed(wish, "client_id"),
        needed(wish, "client_secret"),
        needed(wish, "refresh_token"));
  }

  private static @Nullable Access access(Wish wish) {
    String token = wish.text("access_token");
    return token == null
        ? null
        : new Access(
            needed(wish, "access_token"),
            instant(wish, "made_at"),
            instant(wish, "expires_at"),
            wish.text("api_domain"));
  }

  /** Secrets go there; in clear to this machine alone. */
  private static boolean carries(String accounts) {
    try {
      URI url = URI.create(accounts);
      boolean local =
          "http".equals(url.getScheme())
              && List.of("127.0.0.1", "localhost").contains(String.valueOf(url.getHost()));
      return local || ("https".equals(url.getScheme()) && url.getHost() != null);
    } catch (IllegalArgumentException noUrl) {
      return false;
    }
  }

  private static String needed(Wish wish, String member) {
    String text = wish.text(member);
    if (text == null
        || text.isEmpty()
        || text.length() > LONGEST
        || !text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw refused(member + " must be a text of 1 to 4096 visible ASCII characters.");
    }
    return text;
  }

  private static Instant instant(Wish wish, String member) {
    try {
      return Instant.parse(needed(wish, member));
    } catch (DateTimeException e) {
      throw refused(member + " must be a time such as 2026-01-15T12:00:00Z.");
    }
  }

  private static Refusal refused(String detail) {
    return new Refusal(ProblemType.INVALID_REQUEST, detail);
  }
}
