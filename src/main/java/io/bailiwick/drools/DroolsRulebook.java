package io.bailiwick.drools;

import io.bailiwick.drools.analysis.Analysis;
import io.bailiwick.drools.analysis.Names;
import io.bailiwick.flow.Probes;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Stages;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Finding;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.TerritoryUses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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
  private final @Nullable JudgeThreads threads;
  private final Judge onCallersThread;
  private @Nullable RuleProbes probes;

  DroolsRulebook(Compiled compiled, JudgeSettings settings) {
    this.compiled = compiled;
    this.settings = settings;
    this.hits = compiled.hits();
    this.onCallersThread = new Judge(compiled, settings);
    this.threads = settings.threads() == 0 ? null : new JudgeThreads(compiled, settings);
  }

  /** What it was compiled to. */
  Compiled compiled() {
    return compiled;
  }

  @Override
  public Optional<Duration> untouched(String territory) {
    return compiled.schema().limits().untouched(territory);
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
  public TerritoryUses uses() {
    return compiled.uses();
  }

  @Override
  public CompletionStage<List<Decision>> judge(
      List<Asked> leads, TerritorySnapshot snapshot, Instant at) {
    JudgeThreads judging = threads;
    if (judging == null) {
      return CompletableFuture.completedStage(onCallersThread(leads, snapshot, at));
    }
    int share = Math.max(SMALLEST_SHARE, -Math.floorDiv(-leads.size(), settings.threads()));
    List<CompletionStage<List<Decision>>> shares = new ArrayList<>();
    for (int from = 0; from < leads.size(); from += share) {
      List<Asked> part = List.copyOf(leads.subList(from, Math.min(leads.size(), from + share)));
      shares.add(judging.judge(part, snapshot, at));
    }
    return Stages.all(shares).thenApply(all -> all.stream().flatMap(List::stream).toList());
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

  @Override
  public boolean guarded() {
    return !settings.trusted();
  }

  @Override
  public Set<String> declaredAttributes() {
    return compiled.schema().custom().attributes();
  }

  /** Made when first asked for: it holds indexes of its own. */
  @Override
  public synchronized Optional<Probes> probes() {
    if (probes == null && guarded()) {
      probes = new RuleProbes(compiled, settings);
    }
    return Optional.ofNullable(probes);
  }

  /** Blocks until the leads under way are decided or given up. */
  @Override
  public void close() {
    if (threads != null) {
      threads.close();
    }
    onCallersThread.close();
  }

  /** One caller at a time; each lead in turn. */
  private synchronized List<Decision> onCallersThread(
      List<Asked> leads, TerritorySnapshot snapshot, Instant at) {
    List<Decision> decisions = new ArrayList<>(leads.size());
    try {
      leads.forEach(lead -> decisions.add(onCallersThread.decide(lead, snapshot, at)));
    } catch (RuntimeException | Error e) {
      onCallersThread.close();
      throw e;
    }
    return List.copyOf(decisions);
  }
}
