package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens of the sandbox, with Zoho's limits: an access token lives an hour, a refresh token
 * gives 10 in 10 minutes and has 15 alive (the 16th ends the oldest), a user has 20 refresh tokens,
 * and a grant code is good for one exchange within 3 minutes. Guarded by the model's lock.
 */
final class OAuthBook {

  static final String CLIENT_ID = "1000.SANDBOXCLIENT";
  static final String CLIENT_SECRET = "sandbox-client-secret";
  static final String REFRESH_TOKEN = "1000.sandbox-refresh-token";
  static final Duration CODE_LIFE = Duration.ofMinutes(3);

  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final int IN_WINDOW = 10;
  private static final int ALIVE = 15;
  private static final int REFRESH_TOKENS = 20;

  /** An access token that was given. */
  record Given(String token, Instant until) {}

  private record Code(OAuthScopes scopes, Instant until) {}

  private static final class Refresh {
    private OAuthScopes scopes;
    private final Deque<Instant> given = new ArrayDeque<>();
    private final List<Given> alive = new ArrayList<>();

    Refresh(OAuthScopes scopes) {
      this.scopes = scopes;
    }
  }

  /** A token must be new also after a reset, which forgets what was given. */
  private final SecureRandom random = new SecureRandom();

  private final Map<String, Refresh> refreshTokens = new LinkedHashMap<>();
  private final Map<String, Code> codes = new LinkedHashMap<>();

  /** What refresh tokens gave that are no more. */
  private final List<Given> orphans = new ArrayList<>();

  private Duration life = Duration.ofHours(1);
  private OAuthScopes scopes = OAuthScopes.ALL;
  private long given;
  private long denied;

  OAuthBook() {
    refreshTokens.put(REFRESH_TOKEN, new Refresh(scopes));
  }

  /** How long tokens live that are given from now on. */
  void setLife(Duration next) {
    life = next;
  }

  Duration life() {
    return life;
  }

  /** What all refresh tokens, and what they gave, may be used for. */
  void setScopes(OAuthScopes next) {
    scopes = next;
    refreshTokens.values().forEach(refresh -> refresh.scopes = next);
  }

  /** Ends every access token; answers how many. */
  int expire() {
    int ended = alive();
    refreshTokens.values().forEach(refresh -> refresh.alive.clear());
    orphans.clear();
    return ended;
  }

  /** Ends every refresh token; what they gave opens to its end. Answers how many. */
  int revoke() {
    int ended = refreshTokens.size();
    refreshTokens.values().forEach(refresh -> orphans.addAll(refresh.alive));
    refreshTokens.clear();
    return ended;
  }

  /** As "Generate Code" of a self client does. */
  String addCode(@Nullable OAuthScopes of, Instant now) {
    String code = drawn();
    codes.put(code, new Code(of == null ? scopes : of, now.plus(CODE_LIFE)));
    return code;
  }

  /** The refresh token that a code is exchanged for; null where the code is none, or old. */
  @Nullable
  String exchanged(String code, Instant now) {
    Code kept = codes.remove(code);
    if (kept == null || !now.isBefore(kept.until())) {
      return null;
    }
    String token = drawn();
    refreshTokens.put(token, new Refresh(kept.scopes()));
    if (refreshTokens.size() > REFRESH_TOKENS) {
      refreshTokens.remove(refreshTokens.keySet().iterator().next());
    }
    return token;
  }

  boolean knows(String refreshToken) {
    return refreshTokens.containsKey(refreshToken);
  }

  String scopesOf(String refreshToken) {
    return of(refreshToken).scopes.text();
  }

  /** A new access token; null where too many were asked for. */
  @Nullable
  Given give(String refreshToken, Instant now) {
    Refresh refresh = of(refreshToken);
    refresh.given.removeIf(at -> !at.isAfter(now.minus(WINDOW)));
    if (refresh.given.size() >= IN_WINDOW) {
      denied++;
      return null;
    }
    refresh.given.addLast(now);
    refresh.alive.removeIf(one -> !now.isBefore(one.until()));
    var next = new Given(drawn(), now.plus(life));
    refresh.alive.add(next);
    if (refresh.alive.size() > ALIVE) {
      refresh.alive.remove(0);
    }
    given++;
    return next;
  }

  /** Why this access token does not open this call; null where it does. */
  @Nullable
  ApiAnswer refusal(String token, ApiCall call, Instant now) {
    for (Refresh refresh : refreshTokens.values()) {
      if (opens(refresh.alive, token, now)) {
        return refresh.scopes.cover(call) ? null : mismatch();
      }
    }
    return opens(orphans, token, now)
        ? null
        : ApiAnswer.error(401, "INVALID_TOKEN", "invalid oauth token");
  }

  ObjectNode state() {
    ObjectNode state = Json.mapper().createObjectNode().put("life", life.toString());
    state.put("scopes", scopes.text()).put("refreshTokens", refreshTokens.size());
    return state.put("alive", alive()).put("given", given).put("denied", denied);
  }

  private int alive() {
    int owned = refreshTokens.values().stream().mapToInt(refresh -> refresh.alive.size()).sum();
    return owned + orphans.size();
  }

  private Refresh of(String refreshToken) {
    Refresh refresh = refreshTokens.get(refreshToken);
    if (refresh == null) {
      throw new IllegalStateException("asked for a refresh token that is not there");
    }
    return refresh;
  }

  private String drawn() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return "1000." + HexFormat.of().formatHex(bytes);
  }

  private static boolean opens(List<Given> alive, String token, Instant now) {
    return alive.stream().anyMatch(one -> one.token().equals(token) && now.isBefore(one.until()));
  }

  private static ApiAnswer mismatch() {
    return ApiAnswer.error(401, "OAUTH_SCOPE_MISMATCH", "invalid oauth scope to access this URL");
  }
}
