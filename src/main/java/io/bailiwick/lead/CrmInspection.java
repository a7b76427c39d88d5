package io.bailiwick.lead;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What the CRM answered to a round of calls that only read, made to learn what works and what does
 * not.
 *
 * @param dialect how we spoke to it
 * @param address where, without a secret
 * @param secure whether by TLS
 * @param serverTime the CRM's own clock at the first answer; null where it does not tell
 * @param heardAt our clock then
 * @param reading all territories; null where they could not be read
 * @param token how tokens are had, for people; empty where there is nothing to tell
 */
public record CrmInspection(
    String dialect,
    String address,
    boolean secure,
    List<Call> calls,
    @Nullable Instant serverTime,
    Instant heardAt,
    @Nullable TerritoryReading reading,
    String token) {

  /** What was asked, in this order; later ones are left out where an earlier one failed. */
  public enum Step {
    TERRITORIES,
    USER,
    MEMBERSHIPS,
    PROFILE
  }

  /** How a call ended. */
  public enum Verdict {
    OK,
    /** No connection, or no answer. */
    UNREACHABLE,
    /** The certificate or the handshake. */
    TLS_FAILED,
    /** We have no token to send. */
    NO_TOKEN,
    /** The token is refused. */
    TOKEN_REFUSED,
    /** The token lacks a scope. */
    SCOPE_MISSING,
    /** Territory management is off in this organisation. */
    FEATURE_OFF,
    /** The API user may not. */
    FORBIDDEN,
    /** Too many calls. */
    LIMITED,
    /** An answer, and not one we can read. */
    UNREADABLE;

    /** For people: {@code token refused}. */
    public String told() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** One call and how it ended; the detail never holds what the CRM's records hold. */
  public record Call(Step step, Verdict verdict, String detail) {}

  public CrmInspection {
    calls = List.copyOf(calls);
  }

  /** How that call ended; null where it was not made. */
  public @Nullable Call call(Step step) {
    return calls.stream().filter(call -> call.step() == step).findFirst().orElse(null);
  }
}
