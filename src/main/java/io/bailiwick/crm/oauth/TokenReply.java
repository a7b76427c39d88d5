package io.bailiwick.crm.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.time.Duration;

/**
 * What the accounts server's answer means: read from its body, for its errors come with status 200
 * (field reports; Zoho's own posts). A closed set.
 */
sealed interface TokenReply {

  /**
   * An access token, and with a grant code a refresh token.
   *
   * @param apiDomain as it was said, not to be trusted yet
   */
  record Given(
      String token, Duration life, @Nullable String apiDomain, @Nullable String refreshToken)
      implements TokenReply {

    /** Without its secrets. */
    @Override
    public String toString() {
      return "Given[" + life + "]";
    }
  }

  /** What was shown is refused, and will be: the word is Zoho's, such as {@code invalid_code}. */
  record Refused(String word) implements TokenReply {}

  /** Asked too often: asking on makes it last. */
  record TooOften() implements TokenReply {}

  /**
   * No answer that can be used; asking again may help.
   *
   * @param spent whether a token may have been given all the same
   */
  record Failed(String why, boolean spent) implements TokenReply {}

  /** Reads an answer; whatever is unclear is {@link Failed}. */
  static TokenReply read(int status, byte[] body) {
    JsonNode root;
    try {
      root = Json.read(body);
    } catch (IOException notJson) {
      return new Failed("the accounts server answered " + status + " with no JSON", true);
    }
    JsonNode error = root.path("error");
    if (error.isTextual()) {
      return refusal(status, error.textValue());
    }
    String token = text(root.path("access_token"));
    long seconds = root.path("expires_in").asLong(0);
    if (status != 200 || token == null || seconds < 1 || seconds > 86_400) {
      return new Failed("the accounts server answered " + status + " without a token", true);
    }
    return new Given(
        token,
        Duration.ofSeconds(seconds),
        text(root.path("api_domain")),
        text(root.path("refresh_token")));
  }

  private static TokenReply refusal(int status, String error) {
    if (error.equalsIgnoreCase("Access Denied")) {
      return new TooOften();
    }
    boolean word = error.matches("[a-z_]{1,40}");
    // A server's own trouble says nothing of what was shown to it.
    return word && status < 500
        ? new Refused(error)
        : new Failed("the accounts server answered " + status + " with an error", false);
  }

  /** What can stand in a header and is not absurdly long; null for all else. */
  private static @Nullable String text(JsonNode node) {
    String text = node.isTextual() ? node.textValue().strip() : "";
    boolean plain = text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    return plain && !text.isEmpty() && text.length() <= 4096 ? text : null;
  }
}
