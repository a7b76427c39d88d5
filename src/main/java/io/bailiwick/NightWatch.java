package io.bailiwick;

import io.bailiwick.flow.Backoff;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Signals;
import io.bailiwick.watch.LogSignals;
import io.bailiwick.watch.Metrics;
import io.bailiwick.watch.Rounds;
import io.bailiwick.watch.alarm.Alarm;
import io.bailiwick.watch.alarm.AlarmBook;
import io.bailiwick.watch.alarm.Alarms;
import io.bailiwick.watch.delivery.Channel;
import io.bailiwick.watch.delivery.Courier;
import io.bailiwick.watch.delivery.Couriers;
import io.bailiwick.watch.trace.Traces;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Joins what watches: metrics, traces, log lines, alarms and the channels that carry them, as
 * configured.
 */
final class NightWatch {

  /** The first ceiling between two tries of a channel. */
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);

  private final Config config;
  private final Vertx vertx;
  private final LoopTimers timers;
  private final Metrics metrics;
  private final Traces traces;
  private final Couriers couriers = new Couriers();
  private final SecureRandom random = new SecureRandom();

  NightWatch(Config config, Vertx vertx, LoopTimers timers) {
    this.config = config;
    this.vertx = vertx;
    this.timers = timers;
    this.metrics = new Metrics(Version.BAILIWICK, timers::now);
    String endpoint = config.optional(WatchKnobs.TRACES_ENDPOINT);
    double share = Double.parseDouble(config.text(WatchKnobs.TRACES_SHARE));
    this.traces =
        new Traces(
            endpoint == null ? null : new Traces.Settings(URI.create(endpoint), share),
            Version.BAILIWICK,
            timers::now,
            // To be different is enough; nobody is to be kept from guessing them.
            () -> ThreadLocalRandom.current().nextLong());
  }

  Metrics metrics() {
    return metrics;
  }

  Traces traces() {
    return traces;
  }

  /** The part that needs the journal; it hears the flow's signals, and looks once it is started. */
  final class Over {
    private final Journal journal;
    private final AlarmBook book;
    private final Alarms alarms;
    private final Rounds rounds;

    /** Opens the channels; throws with a message for people where one is configured wrongly. */
    Over(Journal journal, Opened opened) {
      this.journal = journal;
      this.book =
          new AlarmBook(
              journal.outbox(),
              timers,
              config.duration(WatchKnobs.ALARMS_GROUP),
              couriers,
              metrics.notices());
      this.alarms =
          new Alarms(
              book,
              timers,
              new Alarms.Settings(
                  config.duration(WatchKnobs.ALARMS_WAITING),
                  config.duration(WatchKnobs.ALARMS_CRM),
                  config.duration(Config.TERRITORIES_STALE)));
      this.rounds = new Rounds(journal, timers, metrics, alarms, couriers);
      couriers.onFailing(alarms::channel);
      new Channels(config, vertx, timers::now)
          .open(journal.outbox(), (channel, forAlarms) -> carry(opened, channel, forAlarms));
      opened.keep(traces, Traces::close);
      opened.keep(couriers, Couriers::stop);
      opened.keep(rounds, Rounds::stop);
    }

    /** Who hears the flow's signals. */
    List<Signals> listeners() {
      return List.of(new LogSignals(), metrics, traces, alarms);
    }

    /** Begins to look and to tell. */
    void start() {
      metrics.watch(vertx, VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE);
      journal
          .latestSnapshot()
          .thenAcceptAsync(
              kept ->
                  kept.ifPresent(
                      last -> {
                        metrics.kept(last.snapshot(), last.readAt());
                        alarms.readAt(last.readAt());
                      }),
              timers);
      journal
          .audits()
          .latest(1)
          .thenAcceptAsync(
              last ->
                  last.forEach(
                      report -> {
                        metrics.kept(report);
                        alarms.kept(report);
                      }),
              timers);
      book.start()
          .thenRunAsync(() -> rounds.start(config.duration(WatchKnobs.ALARMS_LOOK)), timers);
    }

    /** The alarms that stand; on the flow's thread. */
    List<Alarm> standing() {
      return book.standing();
    }

    private void carry(Opened opened, Channel channel, boolean forAlarms) {
      var backoff = new Backoff(FIRST_RETRY, config.duration(WatchKnobs.NOTICES_CAP));
      var settings = new Courier.Settings(backoff, config.duration(WatchKnobs.NOTICES_KEEP));
      couriers.add(
          new Courier.Office(journal.outbox(), timers, settings, random, metrics.notices()),
          opened.keep(channel, Channel::close),
          forAlarms);
    }
  }
}
