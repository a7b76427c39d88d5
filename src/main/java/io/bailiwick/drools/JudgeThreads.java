package io.bailiwick.drools;

import io.bailiwick.flow.Rulebook.Asked;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that judge, each with a judge of its own, and the watchdog over them. A judgement
 * past its deadline cannot be stopped, so it is left behind: its lead is given up, its thread is
 * never heard again, and a fresh thread with a fresh session goes on with the next lead.
 */
final class JudgeThreads implements AutoCloseable {

  /** Some leads of one asking, judged one after another. */
  private static final class Share {
    private final List<Asked> leads;
    private final TerritorySnapshot snapshot;
    private final Instant at;
    private final List<Decision> decisions = new ArrayList<>();
    private final CompletableFuture<List<Decision>> done = new CompletableFuture<>();

    Share(List<Asked> leads, TerritorySnapshot snapshot, Instant at) {
      this.leads = leads;
      this.snapshot = snapshot;
      this.at = at;
    }
  }

  private static final Share STOP =
      new Share(List.of(), new TerritorySnapshot(List.of(), Flag.UNKNOWN), Instant.EPOCH);

  private final Compiled compiled;
  private final JudgeSettings settings;
  private final BlockingQueue<Share> waiting = new LinkedBlockingQueue<>();
  private final Set<Worker> working = ConcurrentHashMap.newKeySet();
  private final AtomicInteger number = new AtomicInteger();
  private final ScheduledExecutorService watchdog;
  private final ScheduledFuture<?> looking;

  JudgeThreads(Compiled compiled, JudgeSettings settings) {
    this.compiled = compiled;
    this.settings = settings;
    for (int i = 0; i < settings.threads(); i++) {
      start(null);
    }
    this.watchdog = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "judge-watch"));
    long look = Math.max(1, settings.deadline().toMillis() / 4);
    this.looking = watchdog.scheduleWithFixedDelay(this::look, look, look, TimeUnit.MILLISECONDS);
  }

  /** Judges the leads one after another on one of the threads; answers in their order. */
  CompletableFuture<List<Decision>> judge(
      List<Asked> leads, TerritorySnapshot snapshot, Instant at) {
    var share = new Share(leads, snapshot, at);
    waiting.add(share);
    return share.done;
  }

  /** Blocks until all that was asked is decided or given up. */
  @Override
  public void close() {
    waiting.add(STOP);
    boolean interrupted = false;
    for (Worker worker = any(); worker != null; worker = any()) {
      try {
        // Not for ever: the watchdog may put another in its place.
        worker.thread.join(settings.deadline().toMillis());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    looking.cancel(false);
    watchdog.shutdown();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Worker any() {
    return working.stream().findAny().orElse(null);
  }

  private void start(@Nullable Share first) {
    var worker = new Worker(first);
    working.add(worker);
    worker.thread.start();
  }

  private void look() {
    long now = System.nanoTime();
    for (Worker worker : working) {
      worker.giveUpIfLate(now);
    }
  }

  private static Thread daemon(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** One thread with its judge; {@code this} guards what it and the watchdog share. */
  private final class Worker implements Runnable {

    private final Thread thread = daemon(this, "judge-" + number.getAndIncrement());
    private final Judge judge = new Judge(compiled, settings);
    private final @Nullable Share first;

    /** What is being judged since an instant; null where nothing is, which is never late. */
    private @Nullable Share share;

    private long since;
    private boolean left;

    Worker(@Nullable Share first) {
      this.first = first;
    }

    @Override
    public void run() {
      try {
        Share next = first;
        while (next != STOP) {
          if (next != null && !work(next)) {
            return;
          }
          next = waiting.take();
        }
        // The others are to see it, too.
        waiting.add(STOP);
        judge.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        working.remove(this);
      }
    }

    /** Answers false where the thread was left behind meanwhile. */
    private boolean work(Share mine) {
      try {
        while (mine.decisions.size() < mine.leads.size()) {
          Asked lead = mine.leads.get(mine.decisions.size());
          begin(mine);
          Decision decision = judge.decide(lead, mine.snapshot, mine.at);
          if (!end(mine, decision)) {
            return false;
          }
        }
        mine.done.complete(List.copyOf(mine.decisions));
      } catch (RuntimeException | Error e) {
        judge.close();
        synchronized (this) {
          share = null;
          if (left) {
            return false;
          }
        }
        mine.done.completeExceptionally(e);
      }
      return true;
    }

    private synchronized void begin(Share mine) {
      share = mine;
      since = System.nanoTime();
    }

    private synchronized boolean end(Share mine, Decision decision) {
      share = null;
      if (!left) {
        mine.decisions.add(decision);
      }
      return !left;
    }

    private void giveUpIfLate(long now) {
      Share rest;
      synchronized (this) {
        rest = share;
        if (rest == null || left || now - since < allowed(rest).toNanos()) {
          return;
        }
        left = true;
        Lead lead = rest.leads.get(rest.decisions.size()).lead();
        rest.decisions.add(judge.giveUp(lead, rest.snapshot, rest.at));
      }
      working.remove(this);
      start(rest);
    }

    /** The first judgement of a thread also makes its session and takes the territories in. */
    private Duration allowed(Share mine) {
      return judge.holds(mine.snapshot)
          ? settings.deadline()
          : settings.deadline().multipliedBy(10);
    }
  }
}
