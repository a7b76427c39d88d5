package io.bailiwick.replay;

import io.bailiwick.flow.Probes;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Finding;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.TerritoryUses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Another rulebook, whose decisions a subclass hears; all else is that rulebook's. Closing it
 * leaves the other open.
 */
public abstract class HeardRulebook implements Rulebook {

  /** Whose decisions are heard. */
  protected final Rulebook rulebook;

  /** {@code rulebook} stays its owner's to close. */
  protected HeardRulebook(Rulebook rulebook) {
    this.rulebook = rulebook;
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
