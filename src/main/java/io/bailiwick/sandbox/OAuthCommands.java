package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.lead.Nullable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** The control commands about tokens. */
final class OAuthCommands {

  static final String ALL = "setOAuth, expireTokens, removeRefreshToken, addGrantCode";

  private static final Duration MAX_LIFE = Duration.ofHours(24);

  private OAuthCommands() {}

  /** Obeys; false where it is none of these. */
  static boolean obey(OAuthBook book, Arguments args, Instant now, ObjectNode done) {
    switch (args.command()) {
      case "setOAuth" -> set(book, args);
      case "expireTokens" -> {
        args.only(Set.of());
        done.put("tokens", book.expire());
      }
      case "removeRefreshToken" -> {
        args.only(Set.of());
        done.put("refreshTokens", book.revoke());
      }
      case "addGrantCode" -> {
        args.only(Set.of("scopes"));
        done.put("code", book.addCode(scopes(args), now));
        done.put("until", now.plus(OAuthBook.CODE_LIFE).toString());
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void set(OAuthBook book, Arguments args) {
    args.only(Set.of("life", "scopes"));
    String life = args.optionalText("life");
    OAuthScopes scopes = scopes(args);
    if (life == null && scopes == null) {
      throw args.wrong("needs \"life\" or \"scopes\"");
    }
    if (life != null) {
      book.setLife(life(args, life));
    }
    if (scopes != null) {
      book.setScopes(scopes);
    }
  }

  private static Duration life(Arguments args, String text) {
    try {
      Duration life = Duration.parse(text);
      if (life.compareTo(Duration.ofSeconds(1)) >= 0 && life.compareTo(MAX_LIFE) <= 0) {
        return life;
      }
    } catch (DateTimeException notADuration) {
      // Told with those out of bounds.
    }
    throw args.wrong("takes \"life\" from PT1S to PT24H");
  }

  private static @Nullable OAuthScopes scopes(Arguments args) {
    String text = args.optionalText("scopes");
    try {
      return text == null ? null : OAuthScopes.of(text);
    } catch (IllegalArgumentException e) {
      throw args.wrong("takes \"scopes\" as names: " + e.getMessage());
    }
  }
}
