package io.bailiwick.replay.runs;

import io.bailiwick.flow.Probes;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Finding;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.TerritoryUses;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** A rulebook that counts how many leads each of its rules settles; closing it closes no other. */
final class Wins implements Rulebook {

  private final Rulebook rulebook;
  private final Map<String, Long> counts = new HashMap<>();

  Wins(Rulebook rulebook) {
    this.rulebook = rulebook;
  }

  /** How many leads each rule settled so far, by its name. */
  synchronized Map<String, Long> counts() {
    return Map.copyOf(counts);
  }

  @Override
  public CompletionStage<List<Decision>> judge(
      List<Asked> asked, TerritorySnapshot snapshot, Instant at) {
    return rulebook
        .judge(asked, snapshot, at)
        .thenApply(
            decisions -> {
              decisions.forEach(this::count);
              return decisions;
            });
  }

  private synchronized void count(Decision decision) {
    RuleHit hit = decision.receipt().settledBy();
    if (hit != null) {
      counts.merge(hit.rule(), 1L, Long::sum);
    }
  }

  @Override
  public Optional<Duration> untouched(String territory) {
    return rulebook.untouched(territory);
  }

  @Override
  public String hash() {
    return rulebook.hash();
  }

  @Override
  public List<RuleHit> rules() {
    return rulebook.rules();
  }

  @Override
  public TerritoryUses uses() {
    return rulebook.uses();
  }

  @Override
  public CompletionStage<List<Finding>> check(@Nullable TerritorySnapshot snapshot, Instant at) {
    return rulebook.check(snapshot, at);
  }

  @Override
  public boolean guarded() {
    return rulebook.guarded();
  }

  @Override
  public Set<String> declaredAttributes() {
    return rulebook.declaredAttributes();
  }

  @Override
  public Optional<Probes> probes() {
    return rulebook.probes();
  }

  @Override
  public void close() {}
}
