package io.bailiwick;

import io.bailiwick.flow.Outbox;
import io.bailiwick.flow.Outbox.Subscription;
import io.bailiwick.lead.Digests;
import io.bailiwick.lead.LeadEvent;
import io.bailiwick.lead.Nullable;
import io.bailiwick.watch.delivery.Channel;
import io.bailiwick.watch.delivery.MailChannel;
import io.bailiwick.watch.delivery.Signature;
import io.bailiwick.watch.delivery.SlackChannel;
import io.bailiwick.watch.delivery.WebhookChannel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The channels that are configured, each with a name that stays the same over restarts. */
final class Channels {

  private final Config config;
  private final Vertx vertx;
  private final InstantSource clock;

  Channels(Config config, Vertx vertx, InstantSource clock) {
    this.config = config;
    this.vertx = vertx;
    this.clock = clock;
  }

  /**
   * Hands each channel to {@code taker}, with whether it carries alarms, and subscribes those of
   * events. Throws with a message for people where a secret cannot be used.
   */
  void open(Outbox outbox, BiConsumer<Channel, Boolean> taker) {
    webhooks(WatchKnobs.ALARMS_WEBHOOK, secret(WatchKnobs.ALARMS_SECRET))
        .forEach(channel -> taker.accept(channel, true));
    String slack = secret(WatchKnobs.ALARMS_SLACK);
    for (String address : words(slack)) {
      String mistake = WatchKnobs.url(address, Set.of("http", "https"));
      if (mistake != null) {
        throw new Mistake("alarms.slack " + mistake);
      }
      URI uri = URI.create(address);
      taker.accept(new SlackChannel(vertx, "slack:" + place(uri), uri), true);
    }
    if (config.optional(WatchKnobs.ALARMS_EMAIL_TO) != null) {
      taker.accept(new MailChannel(vertx, mail()), true);
    }
    Set<Subscription> subscriptions = new HashSet<>();
    for (Channel channel : webhooks(WatchKnobs.EVENTS_WEBHOOK, secret(WatchKnobs.EVENTS_SECRET))) {
      subscriptions.add(new Subscription(channel.name(), types()));
      taker.accept(channel, false);
    }
    outbox.subscribe(subscriptions);
  }

  private List<WebhookChannel> webhooks(Knob knob, @Nullable String secret) {
    List<String> addresses = words(config.optional(knob));
    if (addresses.isEmpty() || secret == null) {
      return List.of();
    }
    Signature signature = signature(knob, secret);
    String kind = knob.name().substring(0, knob.name().indexOf('.'));
    // Named by address, so that a list in another order carries on what waits for each.
    return addresses.stream()
        .distinct()
        .map(URI::create)
        .map(
            address ->
                new WebhookChannel(vertx, kind + ":" + place(address), address, signature, clock))
        .toList();
  }

  private static Signature signature(Knob knob, String secret) {
    try {
      return Signature.of(secret);
    } catch (IllegalArgumentException e) {
      throw new Mistake(knob.name() + "-secret " + e.getMessage());
    }
  }

  private MailChannel.Settings mail() {
    return new MailChannel.Settings(
        URI.create(config.text(WatchKnobs.ALARMS_SMTP)),
        config.optional(WatchKnobs.ALARMS_SMTP_USER),
        secret(WatchKnobs.ALARMS_SMTP_PASSWORD),
        config.text(WatchKnobs.ALARMS_EMAIL_FROM),
        words(config.optional(WatchKnobs.ALARMS_EMAIL_TO)));
  }

  private Set<LeadEvent.Type> types() {
    return words(config.text(WatchKnobs.EVENTS_TYPES)).stream()
        .map(word -> LeadEvent.Type.valueOf(word.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toSet());
  }

  /** The value of a knob, or what the file that stands for it holds. */
  private @Nullable String secret(Knob knob) {
    String given = config.optional(knob);
    Knob inFile =
        WatchKnobs.IN_FILES.stream()
            .filter(kept -> kept.value().equals(knob))
            .map(WatchKnobs.Kept::file)
            .findFirst()
            .orElse(null);
    String file = inFile == null ? null : config.optional(inFile);
    if (given != null || inFile == null || file == null) {
      return given;
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new Mistake(inFile.name() + " cannot be read: " + e);
    }
  }

  /** Host and digest: a path may be a secret, and is not for logs and labels. */
  private static String place(URI address) {
    String digest = Digests.sha256(address.toString().getBytes(StandardCharsets.UTF_8));
    return address.getHost() + "-" + digest.substring(0, 6);
  }

  private static List<String> words(@Nullable String text) {
    return text == null ? List.of() : Stream.of(text.strip().split("\\s+")).toList();
  }

  /** A channel that cannot be opened; the message says what to mend. */
  private static final class Mistake extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Mistake(String message) {
      super(message);
    }
  }
}
