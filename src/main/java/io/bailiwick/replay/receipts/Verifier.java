package io.bailiwick.replay.receipts;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Rulebook.Asked;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt;
import io.bailiwick.lead.TerritorySnapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides again from a lead and a receipt: by the rulebook and beside the territories that it
 * names, at its instant. Each rulebook is compiled once as long as no more than sixteen others come
 * between. For one thread; closing it closes the rulebooks.
 */
public final class Verifier implements AutoCloseable {

  private static final int RULEBOOKS = 16;
  private static final int SNAPSHOTS = 16;

  private final Kept<Rulebook> rulebooks;
  private final Kept<TerritorySnapshot> snapshots;

  /**
   * Finds what receipts name: a rulebook by its hash, which it then owns, and a snapshot by its id;
   * empty for one that is not kept.
   */
  public Verifier(
      Function<String, Optional<Rulebook>> rulebooks,
      Function<String, Optional<TerritorySnapshot>> snapshots) {
    this.rulebooks = new Kept<>(RULEBOOKS, rulebooks, Rulebook::close);
    this.snapshots = new Kept<>(SNAPSHOTS, snapshots, snapshot -> {});
  }

  /** Decides again and compares; {@code decision} is null for a lead that has none. */
  public Verified verify(Lead lead, @Nullable Decision decision) {
    if (decision == null) {
      return Verified.of(Standing.UNDECIDED);
    }
    if (decision.action() == Decision.Action.GIVE_UP) {
      return Verified.of(Standing.GIVEN_UP);
    }
    if (decision.receipt().by() != null) {
      return Verified.of(Standing.BY_HAND);
    }
    Receipt receipt = decision.receipt();
    Optional<Rulebook> rulebook;
    try {
      rulebook = rulebooks.get(receipt.rulebook());
    } catch (IllegalArgumentException e) {
      return Verified.of(Standing.RULEBOOK_GONE, String.valueOf(e.getMessage()));
    }
    Optional<TerritorySnapshot> snapshot = snapshots.get(receipt.snapshot());
    if (rulebook.isEmpty()) {
      return Verified.of(Standing.RULEBOOK_GONE, "rulebook " + receipt.rulebook());
    }
    if (snapshot.isEmpty()) {
      return Verified.of(Standing.SNAPSHOT_GONE, "territories " + receipt.snapshot());
    }
    return compared(
        lead,
        decision,
        rulebook
            .get()
            .judge(List.of(Asked.of(lead, receipt)), snapshot.get(), receipt.decidedAt())
            .toCompletableFuture()
            .join()
            .get(0));
  }

  @Override
  public void close() {
    rulebooks.close();
    snapshots.close();
  }

  private static Verified compared(Lead lead, Decision recorded, Decision decided) {
    Receipt was = recorded.receipt();
    Receipt is = decided.receipt();
    if (!was.leadDigest().equals(is.leadDigest()) && erased(lead)) {
      return Verified.of(Standing.ERASED);
    }
    if (!was.bailiwick().equals(is.bailiwick()) || !was.drools().equals(is.drools())) {
      return new Verified(
          Standing.OTHER_ENGINE,
          Difference.between(recorded, byEngineOf(was, decided)),
          "Bailiwick %s with Drools %s decided it, this is Bailiwick %s with Drools %s"
              .formatted(was.bailiwick(), was.drools(), is.bailiwick(), is.drools()));
    }
    Difference difference = Difference.between(recorded, decided);
    return difference == null
        ? Verified.of(Standing.SAME)
        : new Verified(Standing.DIFFERENT, difference, null);
  }

  /** Nothing of a person is left in it. A changed lead that still names one is no erased one. */
  private static boolean erased(Lead lead) {
    return lead.attributes().isEmpty()
        && lead.values().keySet().stream().noneMatch(LeadField::isPersonal);
  }

  private static Decision byEngineOf(Receipt was, Decision decided) {
    Receipt is = decided.receipt();
    return new Decision(
        decided.action(),
        decided.territory(),
        decided.reason(),
        decided.blocker(),
        decided.lookAgain(),
        new Receipt(
            is.leadDigest(),
            is.winner(),
            is.readiness(),
            is.runnersUp(),
            is.blockers(),
            is.detail(),
            is.rulebook(),
            is.snapshot(),
            is.decidedAt(),
            was.bailiwick(),
            was.drools(),
            is.waited(),
            is.by()));
  }
}
