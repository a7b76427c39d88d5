package io.bailiwick.http.access;

import io.bailiwick.flow.Keys;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Rate;
import io.bailiwick.lead.Role;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Locale;

/** Finds out who asks: by a bearer key, by a signature still to be proved, or by a public form. */
final class Callers {

  private static final String BEARER = "bearer ";

  /** Wrong keys from one address beyond this are told to slow down. */
  private static final Rate GUESSES = new Rate(10, Duration.ofMinutes(1));

  private final AccessSettings settings;
  private final Keys keys;
  private final byte[] command;
  private final RateLimits guesses;
  private final Proxies proxies;

  /** {@code command} is what commands on this machine show. */
  Callers(AccessSettings settings, Keys keys, String command, RateLimits limits) {
    this.settings = settings;
    this.keys = keys;
    this.command = command.getBytes(StandardCharsets.US_ASCII);
    this.guesses = limits;
    this.proxies = new Proxies(settings.proxies());
  }

  /**
   * Who asks; throws {@link Refusal} where a key is shown that opens nothing.
   *
   * @param fromNamedPage whether a page asks that the source it names lets post
   */
  Caller of(HttpServerRequest request, boolean fromNamedPage) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null) {
      return byKey(request, authorization);
    }
    String source = request.getParam("source");
    if (SignedMessages.isSigned(request) && source != null && !keys.signing(source).isEmpty()) {
      return new Caller(source, Role.SOURCE, source, true);
    }
    if (SignedMessages.isSigned(request) && settings.keys()) {
      throw wrong(request, "There is no signing key of that source; say ?source=NAME.");
    }
    if (fromNamedPage) {
      return Caller.form(String.valueOf(source));
    }
    return settings.keys() ? Caller.NOBODY : Caller.OPEN;
  }

  private Caller byKey(HttpServerRequest request, String authorization) {
    if (authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      String token = authorization.substring(BEARER.length()).strip();
      byte[] shown = token.getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(command, shown)) {
        return Caller.COMMAND;
      }
      Caller caller = keys.bearer(token).map(Caller::of).orElse(null);
      if (caller != null) {
        return caller;
      }
    }
    if (!settings.keys()) {
      return Caller.OPEN;
    }
    throw wrong(request, "The key is not known, or it has ended.");
  }

  private Refusal wrong(HttpServerRequest request, String detail) {
    String from = "guesses of " + proxies.address(request);
    return guesses.take(from, GUESSES, 1).allowed()
        ? new Refusal(ProblemType.UNAUTHENTICATED, detail)
        : new Refusal(ProblemType.RATE_LIMITED, "Too many wrong keys from this address.");
  }
}
