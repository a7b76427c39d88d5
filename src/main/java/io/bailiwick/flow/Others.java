package io.bailiwick.flow;

import io.bailiwick.flow.Sharing.Topic;
import java.time.Duration;

/**
 * Brings to a lead flow what other instances on its journal changed. Looking costs little and
 * changes nothing where nothing changed, so a hint too many is no harm.
 */
final class Others {

  /** However many leads others accept, it is looked for them no more often than this. */
  private static final Duration LEADS = Duration.ofMillis(50);

  private final Ports ports;
  private final Dispatcher dispatcher;
  private final TerritoryDirectory directory;
  private final Jobs jobs;
  private boolean planned;
  private boolean stopped;

  Others(Ports ports, Dispatcher dispatcher, TerritoryDirectory directory, Jobs jobs) {
    this.ports = ports;
    this.dispatcher = dispatcher;
    this.directory = directory;
    this.jobs = jobs;
  }

  /** Begins to listen; on the flow's thread, once all parts are started. */
  void start() {
    ports.journal().sharing().listen(topic -> ports.timers().execute(() -> heard(topic)));
  }

  void stop() {
    stopped = true;
  }

  private void heard(Topic topic) {
    if (stopped) {
      return;
    }
    switch (topic) {
      case LEADS -> leads();
      case TERRITORIES -> directory.lookAtOthers();
      case PAUSE -> dispatcher.sendingSwitch().lookAtOthers();
      case JOBS -> jobs.start();
      // The publisher and the keys listen for themselves.
      case RULES, KEYS -> {}
    }
  }

  private void leads() {
    if (!planned) {
      planned = true;
      ports
          .timers()
          .after(
              LEADS,
              () -> {
                planned = false;
                dispatcher.wake();
              });
    }
  }
}
