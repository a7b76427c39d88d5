package io.bailiwick.store;

import io.bailiwick.flow.Outbox;
import io.bailiwick.lead.LeadEvent;
import io.bailiwick.lead.Move;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The outbox's twin in memory; any thread may call. */
final class MemoryOutbox implements Outbox {

  private record Held(Message message, Instant due) {}

  private final Map<String, Held> held = new LinkedHashMap<>();
  private final Map<String, String> standing = new TreeMap<>();
  private Set<Subscription> subscriptions = Set.of();

  @Override
  public synchronized void subscribe(Set<Subscription> wanted) {
    subscriptions = Set.copyOf(wanted);
  }

  synchronized void keepEvent(Move applied) {
    LeadEvent event = LeadEvent.of(applied);
    if (event != null) {
      Messages.of(event, subscriptions).forEach(this::put);
    }
  }

  @Override
  public synchronized CompletionStage<Void> tell(Change change) {
    change.raised().forEach(alarm -> standing.put(alarm.key(), alarm.body()));
    change.cleared().forEach(standing::remove);
    change.messages().forEach(this::put);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<List<Standing>> standing() {
    return CompletableFuture.completedFuture(
        standing.entrySet().stream()
            .map(one -> new Standing(one.getKey(), one.getValue()))
            .toList());
  }

  @Override
  public synchronized CompletionStage<Due> due(String channel, Instant now, int limit) {
    List<Held> all = of(channel);
    Instant next =
        all.stream()
            .map(Held::due)
            .filter(due -> due.isAfter(now))
            .min(Comparator.naturalOrder())
            .orElse(null);
    return CompletableFuture.completedFuture(
        new Due(
            all.stream()
                .filter(one -> !one.due().isAfter(now))
                .map(Held::message)
                .limit(limit)
                .toList(),
            next));
  }

  @Override
  public synchronized CompletionStage<Void> done(Message message) {
    held.remove(name(message));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Void> postpone(Message message, Instant due) {
    held.computeIfPresent(name(message), (name, now) -> new Held(triedAgain(now.message()), due));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<List<Undelivered>> undelivered() {
    Map<String, List<Message>> byChannel =
        held.values().stream()
            .map(Held::message)
            .collect(Collectors.groupingBy(Message::channel, TreeMap::new, Collectors.toList()));
    List<Undelivered> all = new ArrayList<>();
    byChannel.forEach(
        (channel, messages) ->
            all.add(
                new Undelivered(
                    channel,
                    messages.size(),
                    messages.stream()
                        .map(Message::createdAt)
                        .min(Comparator.naturalOrder())
                        .orElseThrow())));
    return CompletableFuture.completedFuture(all);
  }

  @Override
  public synchronized CompletionStage<Integer> forget(String channel) {
    List<Held> all = of(channel);
    all.forEach(one -> held.remove(name(one.message())));
    return CompletableFuture.completedFuture(all.size());
  }

  private void put(Message message) {
    held.putIfAbsent(name(message), new Held(message, message.createdAt()));
  }

  private List<Held> of(String channel) {
    return held.values().stream().filter(one -> one.message().channel().equals(channel)).toList();
  }

  private static Message triedAgain(Message message) {
    return new Message(
        message.id(),
        message.channel(),
        message.kind(),
        message.body(),
        message.createdAt(),
        message.tries() + 1);
  }

  private static String name(Message message) {
    return message.channel() + " " + message.id();
  }
}
