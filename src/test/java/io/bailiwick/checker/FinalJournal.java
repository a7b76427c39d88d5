package io.bailiwick.checker;

import io.bailiwick.checker.Evidence.Decided;
import io.bailiwick.checker.Evidence.Reign;
import io.bailiwick.checker.Evidence.Step;
import io.bailiwick.checker.Evidence.Stored;
import io.bailiwick.flow.JournalReader;
import io.bailiwick.flow.Rulebook;
import io.bailiwick.flow.Rulebook.Asked;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The journal at the end of a run, as the checker reads it; each decision is made once more. */
public final class FinalJournal {

  /** Carries what its source named a lead, through all that happens to it. */
  public static final LeadField KEY = LeadField.CAMPAIGN;

  private static final int PAGE = 500;

  private final JournalReader journal;
  private final Function<String, Rulebook> rulebooks;

  /** {@code rulebooks} finds one by its hash, compiled; null where it cannot. */
  public FinalJournal(JournalReader journal, Function<String, Rulebook> rulebooks) {
    this.journal = journal;
    this.rulebooks = rulebooks;
  }

  /** Every lead, in the order of acceptance. */
  public List<Stored> leads() {
    List<Stored> all = new ArrayList<>();
    String cursor = null;
    do {
      JournalReader.Page page = now(journal.oldest(LeadFilter.ANY, cursor, PAGE));
      page.entries().forEach(entry -> all.add(stored(entry)));
      cursor = page.next();
    } while (cursor != null);
    return all;
  }

  /** What served when, in the order of publication, whatever the clocks were. */
  public List<Reign> reigns() {
    List<Reign> reigns = new ArrayList<>();
    for (Publication publication : now(journal.publications(10_000))) {
      reigns.add(0, new Reign(publication.hash(), publication.at()));
    }
    return reigns;
  }

  private Stored stored(Entry entry) {
    List<Step> history =
        now(journal.history(entry.id())).stream()
            .map(line -> new Step(line.at(), line.stage().status()))
            .toList();
    return new Stored(
        entry.id(),
        String.valueOf(entry.lead().values().get(KEY)),
        entry.line(),
        entry.revision(),
        entry.acceptedAt(),
        entry.stage().status(),
        entry.due(),
        why(entry),
        entry.decision() == null ? null : decided(entry, entry.decision()),
        history);
  }

  private static @Nullable String why(Entry entry) {
    return switch (entry.stage()) {
      case QUEUED -> Objects.toString(entry.reason(), null);
      case PARKED -> Objects.toString(entry.parkReason(), null);
      case SUPERSEDED -> entry.supersededBy();
      case ACCEPTED, DECIDED, SENDING, ASSIGNED, ERASED -> null;
    };
  }

  private Decided decided(Entry entry, Decision decision) {
    Receipt receipt = decision.receipt();
    return new Decided(
        decision.toString(),
        decision.territory() == null ? null : decision.territory().id(),
        again(entry, receipt),
        receipt.rulebook(),
        receipt.decidedAt());
  }

  /** Null where a person decided, or the rulebook cannot be had. */
  private @Nullable String again(Entry entry, Receipt receipt) {
    Rulebook rulebook = receipt.by() == null ? rulebooks.apply(receipt.rulebook()) : null;
    if (rulebook == null) {
      return null;
    }
    var asked = List.of(Asked.of(entry.lead(), receipt));
    return now(journal.snapshot(receipt.snapshot()))
        .map(snapshot -> now(rulebook.judge(asked, snapshot, receipt.decidedAt())).get(0))
        .map(Decision::toString)
        .orElse("the territories that it was made beside are not kept");
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
