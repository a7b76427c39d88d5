package io.bailiwick.crm.oauth;

import io.bailiwick.flow.TokenBook.Grant;
import io.bailiwick.lead.Nullable;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when the accounts server is not asked for a grant's token, and why, for people. Another
 * grant is not bound by it. Any thread may use it.
 */
final class Rest {

  /** A dead grant is asked for again so seldom: it may have been mended where we cannot see. */
  static final Duration OF_THE_DEAD = Duration.ofMinutes(10);

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private record Kept(Grant grant, Instant until, String why) {}

  private volatile @Nullable Kept kept;
  private volatile Duration next = FIRST;

  void begin(Grant grant, Instant until, String why) {
    kept = new Kept(grant, until, why);
  }

  /** A token was had. */
  void end() {
    kept = null;
    next = FIRST;
  }

  /** Null where it may be asked now. */
  @Nullable
  String why(Grant grant, Instant now) {
    Kept last = kept;
    return last != null && last.grant().equals(grant) && now.isBefore(last.until())
        ? last.why()
        : null;
  }

  /** How long after one more failure: twice as long as after the one before, up to a minute. */
  Duration next() {
    Duration wait = next;
    Duration doubled = wait.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return wait;
  }

  /** What a refusal means and what to do; the words are Zoho's. */
  static String dead(String word) {
    return switch (word) {
      case "invalid_code" ->
          "the refresh token is dead (invalid_code): revoked, or of another data centre";
      case "invalid_client" ->
          "the client is not known (invalid_client): deleted, or of another data centre";
      case "invalid_client_secret" -> "the client's secret is wrong (invalid_client_secret)";
      default -> "the refresh token is refused (" + word + ")";
    };
  }

  static String tooOften(Instant until) {
    return "Zoho says that tokens were asked for too often (Access Denied); it is left alone until "
        + until;
  }

  static String spent(Instant until) {
    return "the 10 tokens that a refresh token gives in 10 minutes are used up; the next at "
        + until;
  }
}
