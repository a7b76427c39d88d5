package io.bailiwick;

import io.bailiwick.Parts.Refusal;
import io.bailiwick.crm.FileToken;
import io.bailiwick.crm.TokenSource;
import io.bailiwick.crm.oauth.AccountsServer;
import io.bailiwick.crm.oauth.Grants;
import io.bailiwick.crm.oauth.RefreshedToken;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.TokenBook.Grant;
import io.bailiwick.lead.Nullable;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Where the token for the CRM comes from: the demo's own, a configured one, one that is renewed by
 * a configured refresh token, or else by what {@code connect} kept in the journal.
 */
final class CrmAccess {

  /**
   * What a renewed token needs.
   *
   * @param journal asked only where the token is renewed
   * @param base where calls go
   */
  record Around(Vertx vertx, LoopTimers timers, Supplier<Journal> journal, URI base) {}

  private final Config config;
  private final Around around;

  private CrmAccess(Config config, Around around) {
    this.config = config;
    this.around = around;
  }

  /** Throws, with what there is to choose from, where there is none. */
  static TokenSource token(Config config, @Nullable Demo demo, Around around, Opened opened) {
    if (demo != null) {
      return TokenSource.fixed(demo.token());
    }
    Knob fixed = OAuthKnobs.fixed(config);
    return fixed == null
        ? new CrmAccess(config, around).renewed(opened)
        : kept(config, around.vertx(), fixed);
  }

  private TokenSource renewed(Opened opened) {
    Journal journal = around.journal().get();
    Grants grants = OAuthKnobs.refresh(config) == null ? connected(journal) : configured();
    var server = opened.keep(new AccountsServer(around.vertx()), AccountsServer::close);
    var parts = new RefreshedToken.Parts(grants, journal.tokens(), server, around.timers());
    return new RefreshedToken(parts, around.base());
  }

  private static Grants connected(Journal journal) {
    if (journal.tokens().grant().toCompletableFuture().join().isEmpty()) {
      throw new Refusal(
          "no token for the CRM: run bailiwick connect, or set crm.token-file, crm.token or"
              + " crm.refresh-token-file");
    }
    return () -> journal.tokens().grant();
  }

  private Grants configured() {
    Vertx vertx = around.vertx();
    String accounts = OAuthKnobs.accounts(config);
    String client = config.text(OAuthKnobs.CLIENT_ID);
    TokenSource refresh = kept(config, vertx, Objects.requireNonNull(OAuthKnobs.refresh(config)));
    TokenSource secret = kept(config, vertx, OAuthKnobs.secret(config));
    return new Grants() {
      @Override
      public CompletionStage<Optional<Grant>> grant() {
        return secret
            .token()
            .thenCombine(
                refresh.token(),
                (word, token) -> Optional.of(new Grant(accounts, client, word, token)));
      }

      @Override
      public String remedy() {
        return "put a new one where " + OAuthKnobs.REFRESH_TOKEN_FILE.name() + " says";
      }
    };
  }

  /** A secret of the configuration; one in a file is read again when that changes. */
  private static TokenSource kept(Config config, Vertx vertx, Knob knob) {
    String value = config.text(knob);
    return knob.name().endsWith("-file")
        ? new FileToken(vertx, Path.of(value))
        : TokenSource.fixed(value);
  }
}
