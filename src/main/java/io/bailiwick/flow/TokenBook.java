package io.bailiwick.flow;

import io.bailiwick.lead.Digests;
import io.bailiwick.lead.Nullable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The part of the journal that keeps how we are let in at the CRM: what access tokens are asked for
 * with, the one that opens now, and how often one was asked for. All instances on a journal share
 * it, so that together they keep to the CRM's quota and no two of them renew at the same time.
 */
public interface TokenBook {

  /** Access tokens that one refresh token gives within {@link #WINDOW} (Zoho: token validity). */
  int MOST = 10;

  /** The time that the quota is counted over. */
  Duration WINDOW = Duration.ofMinutes(10);

  /**
   * What access tokens are asked for with; encrypted at rest.
   *
   * @param accounts the base URL of the server that gives them
   */
  record Grant(String accounts, String clientId, String clientSecret, String refreshToken) {

    /** By which the book knows it: other words are another grant, with a quota of its own. */
    public String key() {
      String all = String.join("\n", accounts, clientId, refreshToken);
      return Digests.sha256(all.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }

    /** Without its secrets: this may come into a log. */
    @Override
    public String toString() {
      return "Grant[" + clientId + " at " + accounts + "]";
    }
  }

  /**
   * A token that opens; encrypted at rest.
   *
   * @param apiDomain where the CRM says that its API is; null where it does not
   */
  record Access(String token, Instant madeAt, Instant expiresAt, @Nullable String apiDomain) {

    private static final Duration EARLY = Duration.ofMinutes(5);

    /** When to renew it: 5 minutes before its end, or a quarter of a life below 20 minutes. */
    public Instant renewAt() {
      Duration quarter = Duration.between(madeAt, expiresAt).dividedBy(4);
      return expiresAt.minus(quarter.compareTo(EARLY) < 0 ? quarter : EARLY);
    }

    /** Without the token: this may come into a log. */
    @Override
    public String toString() {
      return "Access[" + madeAt + " to " + expiresAt + "]";
    }
  }

  /**
   * An instance wants a token.
   *
   * @param key of its grant
   * @param givenUp the token that the CRM refuses; null where none
   * @param lease for how long it may renew alone
   */
  record Ask(String key, @Nullable String givenUp, Instant now, Duration lease) {

    /** Without the token: this may come into a log. */
    @Override
    public String toString() {
      return "Ask[" + key + " at " + now + "]";
    }
  }

  /** What an instance that asked is to do. */
  sealed interface Turn {

    /** Use this one, which is not to be renewed yet. */
    record Has(Access access) implements Turn {}

    /** Renew: the quota is charged, and no other instance renews before {@code until}. */
    record Yours(Instant until) implements Turn {}

    /** Another instance renews; ask again soon, it is over by {@code until}. */
    record Others(Instant until) implements Turn {}

    /** The CRM is to be left alone until then, because the quota is used up. */
    record Spent(Instant until) implements Turn {}

    /** The CRM is to be left alone until then, because it said that it was asked too often. */
    record Cooling(Instant until) implements Turn {}
  }

  /** How a grant stands: its token's end, the renewals in the window, and the end of its rest. */
  record Standing(@Nullable Instant expiresAt, int renewals, @Nullable Instant coolUntil) {}

  /** What {@code connect} kept; empty before it did. */
  CompletionStage<Optional<Grant>> grant();

  /** Keeps a grant in place of the one before. */
  CompletionStage<Void> keepGrant(Grant grant);

  /** Says what to do, in one commit with what follows from it for others. */
  CompletionStage<Turn> turn(Ask ask);

  /** Keeps a new token, and ends the turn. */
  CompletionStage<Void> keep(String key, Access access);

  /** Ends a turn that brought none; {@code spent} says whether the quota stays charged. */
  CompletionStage<Void> release(String key, Turn.Yours turn, boolean spent);

  /** Ends a turn to which the CRM said that it is asked too often: it is left alone until then. */
  CompletionStage<Void> cool(String key, Instant until);

  /** How a grant stands. */
  CompletionStage<Standing> standing(String key, Instant now);
}
