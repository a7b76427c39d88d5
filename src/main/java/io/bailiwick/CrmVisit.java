package io.bailiwick;

import io.bailiwick.Parts.Refusal;
import io.bailiwick.crm.Introduction;
import io.bailiwick.crm.TokenSource;
import io.bailiwick.crm.oauth.AccountsServer;
import io.bailiwick.crm.oauth.Connecting;
import io.bailiwick.crm.oauth.Connecting.Code;
import io.bailiwick.crm.oauth.Connecting.Connected;
import io.bailiwick.crm.oauth.DataCentre;
import io.bailiwick.lead.Nullable;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.InstantSource;

/** The calls by which {@code connect} makes itself known at the CRM; each blocks until done. */
public final class CrmVisit {

  private final Config config;
  private final DataCentre centre;
  private final String accounts;

  /** {@code chosen} comes before the configured data centre. */
  public CrmVisit(Config config, @Nullable DataCentre chosen) {
    this.config = config;
    this.centre = chosen == null ? DataCentre.of(config.text(OAuthKnobs.DATA_CENTRE)) : chosen;
    boolean other = config.optional(OAuthKnobs.ACCOUNTS_URL) != null;
    this.accounts = other ? OAuthKnobs.accounts(config) : centre.accounts();
  }

  /** Where the organisation is. */
  public DataCentre centre() {
    return centre;
  }

  /** The share of assignments that is read back, each for one more call. */
  public double readBack() {
    return CrmKnobs.verifyShare(config);
  }

  /** Throws, with what to change, where what is kept would not be used. */
  public void needUse() {
    Knob fixed = OAuthKnobs.fixed(config);
    Knob first = fixed == null ? OAuthKnobs.refresh(config) : fixed;
    if (first != null) {
      throw new Refusal(
          first.name()
              + " is configured and comes before what connect keeps; take it out, restart, and run"
              + " this again");
    }
  }

  /** A grant code with all that belongs to it. */
  public Code code(String clientId, String secret, String code) {
    return new Code(accounts, clientId, secret, code);
  }

  /** Throws with a message for people where nothing came of it. */
  public Connected exchange(Code code) {
    Vertx vertx = Vertx.vertx();
    try (var server = new AccountsServer(vertx)) {
      return Connecting.exchange(server, code, InstantSource.system()).toCompletableFuture().join();
    } finally {
      Service.join(vertx.close());
    }
  }

  /** {@code crm.base-url}; null where it is not set. */
  public @Nullable String baseUrl() {
    return config.optional(Config.CRM_BASE_URL);
  }

  /** Where calls go with the new token; throws with what to change where they must not. */
  public URI home(Connected connected) {
    try {
      return Connecting.home(connected.access(), baseUrl(), centre);
    } catch (IllegalArgumentException e) {
      throw new Refusal(String.valueOf(e.getMessage()));
    }
  }

  /** Who we are there. */
  public Introduction introduced(Connected connected, URI home) {
    Vertx vertx = Vertx.vertx();
    try {
      var settings = config.crm(home);
      var token = TokenSource.fixed(connected.access().token());
      return Introduction.of(vertx, settings, token).toCompletableFuture().join();
    } finally {
      Service.join(vertx.close());
    }
  }
}
