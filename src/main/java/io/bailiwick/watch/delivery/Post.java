package io.bailiwick.watch.delivery;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.codec.BodyCodec;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Posts to one address: no redirects, a deadline over everything, and of the answer only its status
 * is read.
 */
final class Post {

  /** As long as receivers of webhooks are commonly given. */
  private static final Duration DEADLINE = Duration.ofSeconds(15);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Longest wait a receiver may ask for. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  /** Of these the message is the cause; all others concern whatever comes. */
  private static final Set<Integer> OF_THIS_MESSAGE = Set.of(400, 413, 415, 422);

  private final WebClient client;
  private final String address;

  Post(Vertx vertx, URI address) {
    this.address = address.toString();
    this.client =
        WebClient.create(
            vertx,
            new WebClientOptions()
                .setFollowRedirects(false)
                .setUserAgent("Bailiwick")
                .setConnectTimeout((int) CONNECT.toMillis()));
  }

  CompletionStage<Delivery> send(MultiMap headers, String body) {
    return client
        .postAbs(address)
        .putHeaders(headers)
        .as(BodyCodec.none())
        .timeout(DEADLINE.toMillis())
        .sendBuffer(Buffer.buffer(body))
        .map(Post::answered)
        .otherwise(cause -> new Delivery.Later(told(cause), null))
        .toCompletionStage();
  }

  void close() {
    client.close();
  }

  private static Delivery answered(HttpResponse<Void> response) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return new Delivery.Done();
    }
    String why = "it answered " + status;
    return OF_THIS_MESSAGE.contains(status)
        ? new Delivery.NotThis(why)
        : new Delivery.Later(why, retryAfter(response.getHeader("Retry-After")));
  }

  private static @io.bailiwick.lead.Nullable Duration retryAfter(
      @io.bailiwick.lead.Nullable String header) {
    if (header == null || !header.strip().matches("\\d{1,9}")) {
      return null;
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(header.strip()));
    return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
  }

  /** By its kind: messages of exceptions hold addresses, and a Slack address is a secret. */
  private static String told(Throwable cause) {
    return cause instanceof java.net.UnknownHostException
        ? "its host name is not known"
        : cause instanceof java.net.ConnectException
            ? "no connection could be made"
            : cause instanceof java.util.concurrent.TimeoutException
                ? "no answer within " + DEADLINE.toSeconds() + " s"
                : "the connection failed (" + cause.getClass().getSimpleName() + ")";
  }
}
