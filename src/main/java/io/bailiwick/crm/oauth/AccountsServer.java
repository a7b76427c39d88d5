package io.bailiwick.crm.oauth;

import io.bailiwick.crm.CappedBody;
import io.bailiwick.flow.TokenBook.Grant;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLException;

/**
 * Zoho's server that gives tokens, over HTTP. No stage fails; each ends within 15 seconds. It
 * retries nothing and follows no redirect, so that no secret goes anywhere else.
 */
public final class AccountsServer implements AutoCloseable {

  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final int CONNECT_MILLIS = 10_000;
  private static final int CAP = 64 * 1024;

  private final WebClient client;

  /** Opens no connection yet. */
  public AccountsServer(Vertx vertx) {
    var options = new WebClientOptions().setFollowRedirects(false).setUserAgent("Bailiwick");
    options.setProtocolVersion(HttpVersion.HTTP_1_1).setConnectTimeout(CONNECT_MILLIS);
    this.client = WebClient.create(vertx, options);
  }

  CompletionStage<TokenReply> refresh(Grant grant) {
    MultiMap form = client(grant.clientId(), grant.clientSecret());
    form.add("grant_type", "refresh_token").add("refresh_token", grant.refreshToken());
    return post(grant.accounts(), form);
  }

  /** Exchanges a code of the API console, which is good for one exchange. */
  CompletionStage<TokenReply> exchange(Connecting.Code code) {
    MultiMap form = client(code.clientId(), code.clientSecret());
    form.add("grant_type", "authorization_code").add("code", code.code());
    return post(code.accounts(), form);
  }

  private CompletionStage<TokenReply> post(String accounts, MultiMap form) {
    return client
        .postAbs(accounts.replaceAll("/+$", "") + "/oauth/v2/token")
        .timeout(DEADLINE.toMillis())
        .as(() -> new CappedBody(CAP, () -> {}))
        .sendForm(form)
        .map(
            answer -> {
              Buffer body = answer.body();
              byte[] bytes = body == null ? new byte[0] : body.getBytes();
              return TokenReply.read(answer.statusCode(), bytes);
            })
        .otherwise(AccountsServer::unanswered)
        .toCompletionStage();
  }

  private static MultiMap client(String id, String secret) {
    return MultiMap.caseInsensitiveMultiMap().add("client_id", id).add("client_secret", secret);
  }

  /** Causes are told by their kind: their messages hold addresses and whatever the peer sent. */
  private static TokenReply unanswered(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return new TokenReply.Failed("the accounts server's host name is not known", false);
    }
    if (cause instanceof SSLException) {
      return new TokenReply.Failed("TLS with the accounts server failed", false);
    }
    return cause instanceof ConnectException
        ? new TokenReply.Failed("no connection to the accounts server could be made", false)
        : new TokenReply.Failed(
            "the accounts server gave no answer (" + cause.getClass().getSimpleName() + ")", true);
  }

  @Override
  public void close() {
    client.close();
  }
}
