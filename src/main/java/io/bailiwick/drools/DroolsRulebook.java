package io.bailiwick.drools;

import io.bailiwick.drools.analysis.Analysis;
import io.bailiwick.drools.analysis.Names;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Finding;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A rulebook that judges on threads of its own, each with its session, or, with none, on the
 * caller's. Which thread judges a lead changes nothing in its decision.
 */
final class DroolsRulebook implements Rulebook {

  /** Fewer leads than this are not worth another thread. */
  private static final int SMALLEST_SHARE = 32;

  private final Compiled compiled;
  private final JudgeSettings settings;
  private final List<RuleHit> hits;
  private final BlockingQueue<Judge> idle = new LinkedBlockingQueue<>();
  private final @Nullable ExecutorService threads;

  DroolsRulebook(Compiled compiled, JudgeSettings settings) {
    this.compiled = compiled;
    this.settings = settings;
    this.hits = compiled.hits();
    int judges = Math.max(1, settings.threads());
    for (int i = 0; i < judges; i++) {
      idle.add(new Judge(compiled, settings));
    }
    this.threads = settings.threads() == 0 ? null : started(settings.threads());
  }

  @Override
  public String hash() {
    return compiled.hash();
  }

  @Override
  public List<RuleHit> rules() {
    return hits;
  }

  @Override
  public CompletionStage<List<Decision>> decide(
      List<Lead> leads, TerritorySnapshot snapshot, Instant at) {
    ExecutorService judging = threads;
    if (judging == null) {
      return CompletableFuture.completedStage(judge(leads, snapshot, at));
    }
    int share = Math.max(SMALLEST_SHARE, -Math.floorDiv(-leads.size(), settings.threads()));
    List<CompletableFuture<List<Decision>>> shares = new ArrayList<>();
    for (int from = 0; from < leads.size(); from += share) {
      List<Lead> part = List.copyOf(leads.subList(from, Math.min(leads.size(), from + share)));
      shares.add(CompletableFuture.supplyAsync(() -> judge(part, snapshot, at), judging));
    }
    return CompletableFuture.allOf(shares.toArray(CompletableFuture[]::new))
        .thenApply(done -> shares.stream().flatMap(s -> s.join().stream()).toList());
  }

  @Override
  public CompletionStage<List<Finding>> check(@Nullable TerritorySnapshot snapshot, Instant at) {
    // Not on a judging thread: leads are not to wait for it.
    return threads == null
        ? CompletableFuture.completedStage(checked(snapshot, at))
        : CompletableFuture.supplyAsync(() -> checked(snapshot, at));
  }

  /** With a judge of its own, so that leads are judged meanwhile. */
  private List<Finding> checked(@Nullable TerritorySnapshot snapshot, Instant at) {
    List<Finding> findings = new ArrayList<>();
    try (Judge judge = new Judge(compiled, settings)) {
      findings.addAll(Analysis.of(compiled.schema(), compiled.rules(), judge::decide, at));
    }
    findings.addAll(Names.unused(compiled.schema(), compiled.rules()));
    if (snapshot != null) {
      findings.addAll(Names.territories(compiled.schema(), compiled.rules(), snapshot));
    }
    return Finding.ordered(findings);
  }

  /** Blocks until the leads under way are decided. */
  @Override
  public void close() {
    if (threads != null) {
      threads.shutdown();
      boolean interrupted = false;
      while (!threads.isTerminated()) {
        try {
          threads.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    idle.forEach(Judge::close);
  }

  private List<Decision> judge(List<Lead> leads, TerritorySnapshot snapshot, Instant at) {
    Judge judge = taken();
    try {
      List<Decision> decisions = new ArrayList<>(leads.size());
      for (Lead lead : leads) {
        decisions.add(judge.decide(lead, snapshot, at));
      }
      return List.copyOf(decisions);
    } catch (RuntimeException | Error e) {
      judge.close();
      throw e;
    } finally {
      idle.add(judge);
    }
  }

  /** There are as many judges as threads, so one is idle or will be at once. */
  private Judge taken() {
    try {
      return idle.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a lead was to be judged", e);
    }
  }

  private static ExecutorService started(int count) {
    var number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        count,
        task -> {
          var thread = new Thread(task, "judge-" + number.getAndIncrement());
          thread.setDaemon(true);
          return thread;
        });
  }
}
