package io.bailiwick.watch.audit;

import io.bailiwick.flow.AuditLog.Exposure;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Rulebooks.Compilation;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.flow.Timers;
import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One audit from its first call to its place in the journal: reads the CRM, finds what differs,
 * counts what hangs on it, compares with the audit before. A CRM that cannot be read is a finding.
 */
final class AuditRun {

  static final Duration LATELY = Duration.ofDays(7);
  static final Duration LONG_AGO = Duration.ofDays(30);

  /** The territories as this audit found them. */
  private record Read(
      @Nullable TerritorySnapshot snapshot, @Nullable Instant readAt, @Nullable String failure) {}

  /** What was found, with what hangs on it. */
  private record Found(
      Sight sight, List<AuditFinding> findings, Redecision.@Nullable Outcome again) {}

  private final AuditParts parts;
  private final AuditSettings settings;
  private final AuditOrder order;
  private final Rulebook rulebook;
  private final Journal journal;
  private final Timers timers;

  AuditRun(AuditParts parts, AuditSettings settings, AuditOrder order) {
    this.parts = parts;
    this.settings = settings;
    this.order = order;
    this.rulebook = parts.rules().rulebook();
    this.journal = parts.ports().journal();
    this.timers = parts.ports().timers();
  }

  /** To be asked on the flow's thread; empty where the day turned out to be another's. */
  CompletionStage<Optional<AuditReport>> run() {
    return parts
        .directory()
        .refresh()
        .thenApplyAsync(this::read, timers)
        .thenCompose(read -> before().thenCompose(before -> sight(read, before)))
        .thenComposeAsync(this::found, parts.worker())
        .thenCompose(found -> keep(found, found.sight().before()));
  }

  private Read read(TerritoryAnswer answer) {
    String failure = answer instanceof TerritoryAnswer.Failed failed ? failed.detail() : null;
    return new Read(
        parts.directory().current().orElse(null), parts.directory().readAt().orElse(null), failure);
  }

  private CompletionStage<Optional<AuditReport>> before() {
    return journal.audits().latest(1).thenApply(last -> last.stream().findFirst());
  }

  private CompletionStage<Sight> sight(Read read, Optional<AuditReport> before) {
    return FormerNames.of(journal, before)
        .thenApply(
            ids ->
                new Sight(
                    read.snapshot(),
                    read.readAt(),
                    read.failure(),
                    rulebook.uses(),
                    before.orElse(null),
                    ids,
                    timers.now()));
  }

  private CompletionStage<Found> found(Sight sight) {
    List<AuditFinding> findings = Drift.of(sight, settings);
    Set<String> names = new HashSet<>();
    findings.forEach(finding -> names.add(finding.subject()));
    if (findings.stream().anyMatch(Radius::ofAll)) {
      names.addAll(sight.uses().places().keySet());
    }
    Instant now = sight.now();
    CompletionStage<Map<String, Exposure>> exposure =
        journal.audits().exposure(names, now.minus(LATELY), now.minus(LONG_AGO));
    return exposure.thenCombineAsync(
        again(sight, findings),
        (exposed, outcome) ->
            new Found(
                sight,
                findings.stream()
                    .map(one -> Radius.of(one, sight.uses(), exposed, outcome.orElse(null)))
                    .toList(),
                outcome.orElse(null)),
        parts.worker());
  }

  /** Deciding again costs a compilation, and is done only where it can show something. */
  private CompletionStage<Optional<Redecision.Outcome>> again(
      Sight sight, List<AuditFinding> findings) {
    TerritorySnapshot snapshot = sight.snapshot();
    if (snapshot == null || findings.stream().noneMatch(one -> Radius.blocker(one) != null)) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    Instant from = sight.now().minus(LATELY);
    return journal
        .since(from, null, 1)
        .thenCompose(
            page ->
                page.entries().isEmpty()
                    ? CompletableFuture.completedStage(Optional.empty())
                    : again(sight, snapshot, from));
  }

  private CompletionStage<Optional<Redecision.Outcome>> again(
      Sight sight, TerritorySnapshot snapshot, Instant from) {
    return journal
        .version(rulebook.hash())
        .thenCompose(kept -> parts.rulebooks().compile(kept.orElseThrow().files()))
        .thenCompose(
            compilation -> {
              if (!(compilation instanceof Compilation.Compiled compiled)) {
                throw new IllegalStateException("the serving rules do not compile a second time");
              }
              var timeless = Redecision.timeless(snapshot, sight.now(), settings.propagation());
              var own = compiled.rulebook();
              return new Redecision(journal, parts.worker(), own, timeless)
                  .since(from)
                  .whenComplete((done, failure) -> parts.rulebooks().retire(own))
                  .thenApply(Optional::of);
            });
  }

  private CompletionStage<Optional<AuditReport>> keep(Found found, @Nullable AuditReport before) {
    AuditReport report = report(found, before);
    return journal
        .audits()
        .keep(report, order.holder())
        .thenCompose(
            kept ->
                switch (kept) {
                  case KEPT -> CompletableFuture.completedStage(Optional.of(report));
                  case LOST -> CompletableFuture.completedStage(Optional.empty());
                  // Another came between: what is new is new beside that one.
                  case OUTDATED -> before().thenCompose(last -> keep(found, last.orElse(null)));
                });
  }

  private AuditReport report(Found found, @Nullable AuditReport before) {
    Sight sight = found.sight();
    TerritorySnapshot snapshot = sight.snapshot();
    Redecision.Outcome again = found.again();
    return new AuditReport(
        order.id(),
        order.day(),
        order.trigger(),
        order.startedAt(),
        timers.now(),
        snapshot == null ? null : snapshot.id(),
        sight.readAt(),
        rulebook.hash(),
        before == null ? null : before.id(),
        snapshot == null ? 0 : snapshot.territories().size(),
        sight.uses().places().size(),
        again == null ? 0 : again.decided(),
        Comparison.of(found.findings(), sight, before),
        Untellable.of(snapshot, sight.uses()));
  }
}
