package io.bailiwick.watch.delivery;

import io.bailiwick.flow.Outbox.Message;
import io.bailiwick.json.Json;
import io.bailiwick.watch.alarm.Notice;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** An incoming webhook of Slack, or of whatever takes the same JSON: one text a message. */
public final class SlackChannel implements Channel {

  private final String name;
  private final Post post;

  /** The address is a secret: whoever knows it can post. */
  public SlackChannel(Vertx vertx, String name, URI address) {
    this.name = name;
    this.post = new Post(vertx, address);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CompletionStage<Delivery> send(Message message) {
    Notice notice = Notice.read(message.body());
    String text = "*" + escaped(notice.subject()) + "*\n" + escaped(notice.text());
    return post.send(
        MultiMap.caseInsensitiveMultiMap().add("Content-Type", "application/json"),
        Json.write(Map.of("text", text)));
  }

  @Override
  public void close() {
    post.close();
  }

  /** Slack's three control characters; what is left can mention nobody. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
