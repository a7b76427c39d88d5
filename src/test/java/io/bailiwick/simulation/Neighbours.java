package io.bailiwick.simulation;

import io.bailiwick.flow.Sharing.Topic;
import io.bailiwick.lead.Nullable;
import io.bailiwick.replay.VirtualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * How the instances on one journal hear of each other: of most changes soon, of some never, and
 * each looks at all of it two seconds after whatever was changed, by anybody and however little.
 */
final class Neighbours {

  private static final Duration LOOK = Duration.ofSeconds(2);

  private final class Listener {
    final RiskyJournal journal;
    final InstanceFaults own;
    final List<Consumer<Topic>> takers = new ArrayList<>();
    boolean planned;

    Listener(RiskyJournal journal, InstanceFaults own) {
      this.journal = journal;
      this.own = own;
    }

    void plan() {
      if (!planned) {
        planned = true;
        world.after(LOOK, this::look);
      }
    }

    private void look() {
      if (own.stopped()) {
        world.after(own.stillStopped(), this::look);
        return;
      }
      if (own.cut()) {
        world.after(LOOK, this::look);
        return;
      }
      planned = false;
      own.compareClocks();
      for (Topic topic : Topic.values()) {
        tell(topic);
      }
    }

    void tell(Topic topic) {
      if (own.alive()) {
        takers.forEach(taker -> taker.accept(topic));
      }
    }
  }

  private final VirtualTimers world;
  private final RandomGenerator random;
  private final double lost;
  private final List<Listener> listeners = new ArrayList<>();
  private int names;

  /** {@code lost} is the share of what nobody is told at once. */
  Neighbours(VirtualTimers world, RandomGenerator random, double lost) {
    this.world = world;
    this.random = random;
    this.lost = lost;
  }

  /** Each life has another. */
  String nextName() {
    return "instance " + names++;
  }

  void listen(RiskyJournal journal, InstanceFaults own, Consumer<Topic> taker) {
    listeners.removeIf(one -> !one.own.alive());
    Listener listener =
        listeners.stream().filter(one -> one.journal == journal).findFirst().orElse(null);
    if (listener == null) {
      listener = new Listener(journal, own);
      listeners.add(listener);
      listener.plan();
    }
    listener.takers.add(taker);
  }

  /** {@code hint} is null for what nobody is told at once. */
  void changed(@Nullable Topic hint, RiskyJournal by) {
    for (Listener listener : List.copyOf(listeners)) {
      if (hint != null && listener.journal != by && random.nextDouble() >= lost) {
        world.after(Duration.ofMillis(random.nextInt(20)), () -> listener.tell(hint));
      }
      listener.plan();
    }
  }

  /** The clock of one of them jumped, which it sees when it looks. */
  void looked() {
    listeners.forEach(Listener::plan);
  }
}
