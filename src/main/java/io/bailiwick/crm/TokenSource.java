package io.bailiwick.crm;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Gives the bearer token for the next call; never blocks. */
public interface TokenSource {

  /** The token; the stage fails where there is none, with a message that never holds one. */
  CompletionStage<String> token();

  /** Where calls go that carry the last token; empty for the configured base URL. */
  default Optional<URI> home() {
    return Optional.empty();
  }

  /** The CRM says that this token opens nothing; the next one asked for may be another. */
  default void refused(String token) {}

  /** The CRM let this token in. */
  default void worked(String token) {}

  /** How tokens are had and how that stands, for people; never a token. */
  default CompletionStage<String> told() {
    return CompletableFuture.completedStage("");
  }

  /** Always this token. Throws IllegalArgumentException where it cannot be one (RFC 6750). */
  static TokenSource fixed(String token) {
    String checked = checked(token);
    return () -> CompletableFuture.completedFuture(checked);
  }

  /** The token without the white space around it; refused where it could break a header. */
  static String checked(String token) {
    String stripped = token.strip();
    boolean plain = stripped.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    if (stripped.isEmpty() || stripped.length() > 4096 || !plain) {
      throw new IllegalArgumentException(
          "the CRM's token must be 1 to 4096 visible ASCII characters on one line");
    }
    return stripped;
  }
}
