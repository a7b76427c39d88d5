package io.bailiwick.watch.alarm;

import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Outbox.Message;
import io.bailiwick.lead.Samples;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.store.MemoryJournal;
import io.bailiwick.watch.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A book of alarms on virtual time and a journal in memory; what it tells is read in the outbox.
 */
abstract class AlarmGround {

  static final Duration GROUPING = Duration.ofSeconds(30);

  final VirtualTimers timers = new VirtualTimers(Samples.NOON);
  final List<Message> past = new ArrayList<>();
  Journal journal = new MemoryJournal();
  AlarmBook book = book(Set.of("web"));

  AlarmBook book(Set<String> channels) {
    var metrics = new Metrics("test", timers);
    var made =
        new AlarmBook(
            journal.outbox(),
            timers,
            GROUPING,
            new Teller() {
              @Override
              public Set<String> channels() {
                return channels;
              }

              @Override
              public void wake() {}

              @Override
              public void past(Message message) {
                past.add(message);
              }
            },
            metrics.notices());
    made.start();
    return made;
  }

  void pass(Duration duration) {
    timers.runUntil(timers.now().plus(duration));
  }

  /** What was told so far over that channel: "raised drift a b". */
  List<String> told(String channel) {
    pass(Duration.ofMinutes(2));
    return journal
        .outbox()
        .due(channel, Instant.MAX, 1_000)
        .toCompletableFuture()
        .join()
        .messages()
        .stream()
        .map(message -> line(Notice.read(message.body())))
        .toList();
  }

  List<String> told() {
    return told("web");
  }

  static String line(Notice notice) {
    return notice.state().word()
        + " "
        + notice.kind().word()
        + " "
        + String.join(" ", notice.alarms().stream().map(Alarm::subject).toList());
  }

  Alarm alarm(AlarmKind kind, String subject, long count) {
    return new Alarm(kind, subject, timers.now(), "It is so.", "Mend it.", count);
  }
}
