package io.bailiwick.watch.delivery;

import io.bailiwick.flow.Outbox.Message;
import io.bailiwick.flow.Outbox.Undelivered;
import io.bailiwick.watch.alarm.Teller;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** All channels, each with a courier of its own. On the flow's thread. */
public final class Couriers implements Teller {

  private final Map<String, Courier> couriers = new LinkedHashMap<>();
  private final Set<String> alarms = new LinkedHashSet<>();
  private BiConsumer<String, String> failing = (name, why) -> {};

  /** Who is told that a channel takes nothing, and that it does again (an empty text). */
  public void onFailing(BiConsumer<String, String> told) {
    failing = told;
  }

  /** Adds a channel; {@code forAlarms} says whether it carries alarms, or lead events alone. */
  public void add(Courier.Office office, Channel channel, boolean forAlarms) {
    var courier = new Courier(office, channel, (name, why) -> failing.accept(name, why));
    couriers.put(channel.name(), courier);
    if (forAlarms) {
      alarms.add(channel.name());
    }
  }

  @Override
  public Set<String> channels() {
    return alarms;
  }

  @Override
  public void wake() {
    couriers.values().forEach(Courier::wake);
  }

  @Override
  public void past(Message message) {
    Courier courier = couriers.get(message.channel());
    if (courier != null) {
      courier.carryUnkept(message);
    }
  }

  /** Carries nothing more. */
  public void stop() {
    couriers.values().forEach(Courier::stop);
  }

  /** Those of these that wait for a channel which exists no more. */
  public List<String> unknown(List<Undelivered> all) {
    return all.stream()
        .map(Undelivered::channel)
        .filter(channel -> !couriers.containsKey(channel))
        .toList();
  }
}
