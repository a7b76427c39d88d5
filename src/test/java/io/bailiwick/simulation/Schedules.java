package io.bailiwick.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Many schedules one after the other, on as many threads as there are processors. */
final class Schedules {

  /** What they came to together. */
  record Tally(long schedules, long leads, long kills, long stops, long ofSeveral) {

    Tally and(Tally more) {
      return new Tally(
          schedules + more.schedules,
          leads + more.leads,
          kills + more.kills,
          stops + more.stops,
          ofSeveral + more.ofSeveral);
    }
  }

  private final AtomicLong next;
  private final long last;
  private final AtomicLong leads = new AtomicLong();
  private final AtomicLong kills = new AtomicLong();
  private final AtomicLong stops = new AtomicLong();
  private final AtomicLong ofSeveral = new AtomicLong();
  private final AtomicReference<Throwable> broken = new AtomicReference<>();

  private Schedules(long first, long last) {
    this.next = new AtomicLong(first);
    this.last = last;
  }

  /** Runs all of them; throws AssertionError that names the seed of one that broke a promise. */
  static Tally run(long first, long last) {
    var all = new Schedules(first, last);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Thread thread = new Thread(all::work, "schedules-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      join(thread);
    }
    if (all.broken.get() != null) {
      throw new AssertionError(all.broken.get().getMessage(), all.broken.get());
    }
    return new Tally(
        last - first + 1, all.leads.get(), all.kills.get(), all.stops.get(), all.ofSeveral.get());
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void work() {
    for (long seed = next.getAndIncrement(); seed <= last; seed = next.getAndIncrement()) {
      if (broken.get() != null) {
        return;
      }
      try {
        one(seed);
      } catch (Throwable failed) {
        // A thread that ends of anything else would leave its schedules out, and nobody would know.
        broken.compareAndSet(null, failed);
      }
    }
  }

  private void one(long seed) {
    Simulation simulation = checked(seed);
    leads.addAndGet(simulation.leads());
    kills.addAndGet(simulation.kills());
    stops.addAndGet(simulation.stops());
    ofSeveral.addAndGet(simulation.instances() > 1 ? 1 : 0);
  }

  /** One alone. */
  static Simulation checked(long seed) {
    var simulation = new Simulation(seed);
    try {
      simulation.run();
      simulation.check();
      return simulation;
    } catch (Error | RuntimeException e) {
      throw new AssertionError(
          "seed %d failed (%s); again with -Dtest=SimulationTest -Dsimulation.seed=%d: %s"
              .formatted(seed, simulation, seed, e.getMessage()),
          e);
    }
  }

  /** Prints the trace of each seed of a range, for whoever compares two processes. */
  public static void main(String[] range) {
    for (long seed = Long.parseLong(range[0]); seed <= Long.parseLong(range[1]); seed++) {
      System.out.println("trace " + seed + ": " + checked(seed).trace());
    }
  }
}
