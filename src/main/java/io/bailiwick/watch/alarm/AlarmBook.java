package io.bailiwick.watch.alarm;

import io.bailiwick.flow.Outbox;
import io.bailiwick.flow.Outbox.Change;
import io.bailiwick.flow.Outbox.Message;
import io.bailiwick.flow.Outbox.Standing;
import io.bailiwick.flow.Timers;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Digests;
import io.bailiwick.lead.Nullable;
import io.bailiwick.watch.NoticeMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which alarms stand, and which of them were told. What changes within the grouping time is told
 * together; what comes and goes within it is not told at all. All calls on the flow's thread.
 */
public final class AlarmBook {

  private static final Logger LOG = LoggerFactory.getLogger(AlarmBook.class);

  private final Outbox outbox;
  private final Timers timers;
  private final Duration grouping;
  private final Teller teller;
  private final NoticeMetrics metrics;

  private final Map<String, Alarm> standing = new TreeMap<>();
  private final Map<String, Alarm> told = new TreeMap<>();

  /** Raised and over before it could be told, but of a kind that is told all the same. */
  private final Set<String> toClear = new HashSet<>();

  private final List<Runnable> early = new ArrayList<>();
  private boolean loaded;
  private boolean telling;
  private Timers.@Nullable Cancel planned;

  /** {@code grouping} is how long changes are collected before they are told. */
  public AlarmBook(
      Outbox outbox, Timers timers, Duration grouping, Teller teller, NoticeMetrics metrics) {
    this.outbox = outbox;
    this.timers = timers;
    this.grouping = grouping;
    this.teller = teller;
    this.metrics = metrics;
    for (AlarmKind kind : AlarmKind.values()) {
      metrics.alarm(kind.word());
    }
  }

  /** Loads what stands as told; what was raised or cleared before counts from then on. */
  public CompletionStage<@Nullable Void> start() {
    return outbox
        .standing()
        .handleAsync(
            (kept, failure) -> {
              if (failure != null) {
                LOG.error("which alarms stand could not be read; they are told anew", failure);
              } else {
                kept.forEach(this::take);
              }
              loaded = true;
              early.forEach(Runnable::run);
              early.clear();
              figures();
              return null;
            },
            timers);
  }

  /** It is so now. */
  public void raise(Alarm alarm) {
    when(
        () -> {
          Alarm known = standing.get(alarm.key());
          standing.put(alarm.key(), known == null ? alarm : alarm.since(known.since()));
          toClear.remove(alarm.key());
          changed();
        });
  }

  /** It is so no more. */
  public void clear(AlarmKind kind, String subject) {
    when(() -> end(kind.word() + ":" + subject, false));
  }

  /** Of this kind exactly these are so now. */
  public void replace(AlarmKind kind, Collection<Alarm> now) {
    when(
        () -> {
          Set<String> keys = now.stream().map(Alarm::key).collect(Collectors.toSet());
          of(kind).stream().filter(key -> !keys.contains(key)).forEach(key -> end(key, false));
          now.forEach(this::raise);
        });
  }

  /** None of this kind is so any more; what was not told yet is told first, and then cleared. */
  public void settle(AlarmKind kind) {
    when(() -> of(kind).forEach(key -> end(key, true)));
  }

  /** What stands now. */
  public List<Alarm> standing() {
    return List.copyOf(standing.values());
  }

  private void end(String key, boolean tellFirst) {
    if (!standing.containsKey(key)) {
      // Each attempt that works says so of alarms that hardly ever stand.
      return;
    }
    if (tellFirst && !told.containsKey(key)) {
      toClear.add(key);
    } else {
      standing.remove(key);
    }
    changed();
  }

  private List<String> of(AlarmKind kind) {
    return standing.values().stream()
        .filter(alarm -> alarm.kind() == kind)
        .map(Alarm::key)
        .toList();
  }

  private void when(Runnable change) {
    if (loaded) {
      change.run();
    } else {
      early.add(change);
    }
  }

  private void take(Standing kept) {
    Alarm alarm = Json.own(kept.body(), Alarm.class);
    told.put(kept.key(), alarm);
    standing.put(kept.key(), alarm);
  }

  /** Plans the telling of what differs from what was told. */
  private void changed() {
    figures();
    if (planned == null && !telling && differs()) {
      planned =
          timers.after(
              grouping,
              () -> {
                planned = null;
                tell();
              });
    }
  }

  private boolean differs() {
    return !raised().isEmpty() || !cleared().isEmpty();
  }

  private List<Alarm> raised() {
    return standing.values().stream()
        .filter(
            alarm -> {
              Alarm before = told.get(alarm.key());
              return before == null || alarm.outgrew(before);
            })
        .toList();
  }

  private List<Alarm> cleared() {
    return told.values().stream().filter(alarm -> !standing.containsKey(alarm.key())).toList();
  }

  private void tell() {
    List<Alarm> raised = raised();
    List<Alarm> cleared = cleared();
    if (raised.isEmpty() && cleared.isEmpty()) {
      return;
    }
    telling = true;
    List<Message> messages = new ArrayList<>();
    Instant now = timers.now();
    messages.addAll(messages(Notice.State.CLEARED, cleared, now));
    messages.addAll(messages(Notice.State.RAISED, raised, now));
    log(raised, cleared);
    var change =
        new Change(
            raised.stream().map(alarm -> new Standing(alarm.key(), Json.write(alarm))).toList(),
            cleared.stream().map(Alarm::key).collect(Collectors.toCollection(TreeSet::new)),
            messages);
    raised.forEach(alarm -> told.put(alarm.key(), alarm));
    cleared.forEach(alarm -> told.remove(alarm.key()));
    keep(change, true);
  }

  /** Where the journal fails the messages go past it, and what stands is written once it can be. */
  private void keep(Change change, boolean first) {
    outbox
        .tell(change)
        .whenCompleteAsync(
            (kept, failure) -> {
              if (failure != null) {
                if (first) {
                  change.messages().forEach(teller::past);
                }
                var rest = new Change(change.raised(), change.cleared(), List.of());
                timers.after(grouping, () -> keep(rest, false));
              }
              if (failure == null || first) {
                telling = false;
                teller.wake();
                toClear.stream().toList().forEach(key -> end(key, false));
                toClear.clear();
                changed();
              }
            },
            timers);
  }

  private List<Message> messages(Notice.State state, List<Alarm> alarms, Instant now) {
    Map<AlarmKind, List<Alarm>> kinds = new LinkedHashMap<>();
    alarms.forEach(alarm -> kinds.computeIfAbsent(alarm.kind(), k -> new ArrayList<>()).add(alarm));
    List<Message> messages = new ArrayList<>();
    kinds.forEach(
        (kind, of) -> {
          for (String channel : teller.channels()) {
            // That a channel fails is for the others to say.
            List<Alarm> others =
                kind == AlarmKind.CHANNEL_FAILING
                    ? of.stream().filter(alarm -> !alarm.subject().equals(channel)).toList()
                    : of;
            if (!others.isEmpty()) {
              messages.add(message(Notice.of(kind, state, now, others), channel));
            }
          }
        });
    return messages;
  }

  private static Message message(Notice notice, String channel) {
    String body = Json.write(notice);
    String id = "alarm-" + Digests.sha256(body.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    return new Message(id, channel, Outbox.Kind.ALARM, body, notice.at(), 0);
  }

  private static void log(List<Alarm> raised, List<Alarm> cleared) {
    raised.forEach(
        alarm ->
            LOG.warn("alarm: {} {}: {}", alarm.kind().told(), alarm.subject(), alarm.detail()));
    cleared.forEach(
        alarm -> LOG.info("alarm cleared: {} {}", alarm.kind().told(), alarm.subject()));
  }

  private void figures() {
    for (AlarmKind kind : AlarmKind.values()) {
      metrics.standing(kind.word(), of(kind).size());
    }
  }
}
