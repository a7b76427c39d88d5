package io.bailiwick.watch.delivery;

import io.bailiwick.flow.Outbox.Message;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/** A signed webhook (Standard Webhooks) that carries one CloudEvent a message. */
public final class WebhookChannel implements Channel {

  private final String name;
  private final Post post;
  private final Signature signature;
  private final InstantSource clock;

  /** {@code clock} tells the timestamp that is signed. */
  public WebhookChannel(
      Vertx vertx, String name, URI address, Signature signature, InstantSource clock) {
    this.name = name;
    this.post = new Post(vertx, address);
    this.signature = signature;
    this.clock = clock;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CompletionStage<Delivery> send(Message message) {
    String body = CloudEvent.write(message);
    long seconds = clock.instant().getEpochSecond();
    var headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("Content-Type", "application/cloudevents+json; charset=utf-8")
            .add("webhook-id", message.id())
            .add("webhook-timestamp", Long.toString(seconds))
            .add("webhook-signature", signature.sign(message.id(), seconds, body));
    return post.send(headers, body);
  }

  @Override
  public void close() {
    post.close();
  }
}
