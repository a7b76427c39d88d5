package io.bailiwick.crm.oauth;

import io.bailiwick.flow.TokenBook.Access;
import io.bailiwick.flow.TokenBook.Grant;
import io.bailiwick.lead.Nullable;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/** Makes of a grant code, which is good for one exchange, what access tokens are asked for with. */
public final class Connecting {

  /** A grant code of the API console, and the client it was made for. */
  public record Code(String accounts, String clientId, String clientSecret, String code) {

    /** Without its secrets. */
    @Override
    public String toString() {
      return "Code[" + clientId + " at " + accounts + "]";
    }
  }

  /** What an exchange brought. */
  public record Connected(Grant grant, Access access) {}

  /** The exchange brought nothing; the message is for people and has no secret. */
  public static final class NotConnected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotConnected(String message) {
      super(message);
    }
  }

  private Connecting() {}

  /** The stage fails with {@link NotConnected}, which says what to do. */
  public static CompletionStage<Connected> exchange(
      AccountsServer server, Code code, InstantSource clock) {
    return server.exchange(code).thenApply(reply -> connected(code, reply, clock.instant()));
  }

  /**
   * Where calls go with this token. Throws IllegalArgumentException that says why where it must go
   * nowhere.
   *
   * @param configured {@code crm.base-url}; null for the data centre's own
   */
  public static URI home(Access access, @Nullable String configured, DataCentre centre) {
    URI base = URI.create(configured == null ? centre.api() : configured);
    return ApiDomain.allowed(access.apiDomain(), base);
  }

  private static Connected connected(Code code, TokenReply reply, Instant now) {
    if (reply instanceof TokenReply.Given given) {
      String token = given.refreshToken();
      if (token == null) {
        throw new NotConnected(
            "the accounts server gave no refresh token: make the code with a Self Client");
      }
      var grant = new Grant(code.accounts(), code.clientId(), code.clientSecret(), token);
      var access = new Access(given.token(), now, now.plus(given.life()), given.apiDomain());
      return new Connected(grant, access);
    }
    if (reply instanceof TokenReply.Refused refused) {
      throw new NotConnected(refusal(refused.word(), code.accounts()));
    }
    if (reply instanceof TokenReply.TooOften) {
      throw new NotConnected(
          "Zoho says that it was asked too often (Access Denied): wait 10 minutes, make a new"
              + " code, and run this again");
    }
    throw new NotConnected(((TokenReply.Failed) reply).why() + "; make a new code and try again");
  }

  private static String refusal(String word, String accounts) {
    return switch (word) {
      case "invalid_code" ->
          "the code is refused (invalid_code): it is good for one exchange within the minutes that"
              + " were chosen; make a new one";
      case "invalid_client" ->
          "the client is not known at %s (invalid_client): check the client id, and that"
                  .formatted(accounts)
              + " crm.data-centre is the one you log in at";
      case "invalid_client_secret" ->
          "the client's secret is wrong (invalid_client_secret): copy it again";
      default -> "refused by the accounts server (" + word + ")";
    };
  }
}
