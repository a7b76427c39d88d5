package io.bailiwick.watch.doctor;

import io.bailiwick.flow.Crm;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.JournalReader.KeptSnapshot;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.CrmInspection;
import io.bailiwick.lead.Diagnosis;
import io.bailiwick.lead.Diagnosis.Line;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.Stage;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.lead.TerritoryUses;
import io.bailiwick.watch.audit.Drift;
import io.bailiwick.watch.audit.FormerNames;
import io.bailiwick.watch.audit.Sight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Walks the checklist: from the network to the CRM's permissions, then the journal, the disk and
 * the rules. A part that fails is a line that says so, and the others are still looked at. Any
 * thread may ask.
 */
public final class Doctor {

  /** The last assigned leads whose records are read back. */
  private static final int READ_BACK = 3;

  private final DoctorParts parts;
  private final DoctorSettings settings;

  /** What the parts gave; null where one failed, which is then in {@code lines}. */
  private static final class Seen {
    private final List<Line> crmLines = new ArrayList<>();
    private final List<Line> houseLines = new ArrayList<>();
    private @Nullable Crm crm;
    private @Nullable CrmInspection inspection;
    private @Nullable Journal journal;
    private @Nullable TerritoryUses uses;
  }

  /** Asks the parts anew at each examination. */
  public Doctor(DoctorParts parts, DoctorSettings settings) {
    this.parts = parts;
    this.settings = settings;
  }

  /** The stage never fails. */
  public CompletionStage<Diagnosis> examine() {
    Instant now = parts.clock().instant();
    return CompletableFuture.completedStage(new Seen())
        .thenCompose(this::crm)
        .thenCompose(seen -> journal(seen, now))
        .thenCompose(this::rules)
        .thenCompose(seen -> territories(seen, now))
        .thenCompose(this::writes)
        .thenApply(seen -> diagnosis(seen, now));
  }

  private CompletionStage<Seen> crm(Seen seen) {
    return parts
        .crm()
        .get()
        .thenCompose(
            crm -> {
              seen.crm = crm;
              return crm.inspect();
            })
        .handleAsync(
            (inspection, failure) -> {
              if (failure != null) {
                seen.crmLines.add(
                    Line.fail(
                        "crm_reachable",
                        message(failure),
                        "Set crm.base-url, and run bailiwick connect or set crm.token-file."));
              } else {
                seen.inspection = inspection;
                seen.crmLines.addAll(CrmLines.of(inspection, settings));
              }
              return seen;
            },
            parts.worker());
  }

  private CompletionStage<Seen> journal(Seen seen, Instant now) {
    return parts
        .journal()
        .get()
        .thenCompose(
            journal -> {
              seen.journal = journal;
              return journal.condition(now);
            })
        .handle(
            (condition, failure) -> {
              if (failure != null) {
                seen.journal = null;
                seen.houseLines.add(HouseLines.journalBroken(failure));
              } else {
                seen.houseLines.addAll(HouseLines.journal(condition, settings));
              }
              return seen;
            });
  }

  private CompletionStage<Seen> rules(Seen seen) {
    return parts
        .rules()
        .get()
        .handle(
            (rules, failure) -> {
              if (failure != null) {
                String advice = "See that the folder of rules.dir can be read.";
                seen.houseLines.add(Line.fail("rules", message(failure), advice));
              } else {
                seen.uses = rules.uses();
                seen.houseLines.add(HouseLines.rules(rules));
              }
              return seen;
            });
  }

  /** Beside what was known before: first sights, and the names that territories had. */
  private CompletionStage<Seen> territories(Seen seen, Instant now) {
    CrmInspection inspection = seen.inspection;
    TerritoryReading reading = inspection == null ? null : inspection.reading();
    boolean classic = inspection != null && inspection.dialect().equals(CrmLines.CLASSIC);
    TerritoryUses uses = seen.uses;
    if (reading == null || uses == null) {
      return CompletableFuture.completedStage(seen);
    }
    Journal journal = seen.journal;
    var nothing = CompletableFuture.<Optional<KeptSnapshot>>completedStage(Optional.empty());
    CompletionStage<Optional<KeptSnapshot>> known =
        journal == null ? nothing : journal.latestSnapshot();
    return known
        .thenCombineAsync(
            names(journal),
            (kept, names) -> {
              TerritorySnapshot before = kept.map(KeptSnapshot::snapshot).orElse(null);
              TerritorySnapshot snapshot = reading.snapshot(before, now);
              var sight = new Sight(snapshot, now, null, uses, null, names, now);
              var findings = Drift.of(sight, settings.audit());
              seen.crmLines.addAll(TerritoryLines.of(snapshot, uses, findings, classic));
              return seen;
            },
            parts.worker())
        .exceptionally(
            failure -> {
              seen.houseLines.add(HouseLines.journalBroken(failure));
              return seen;
            });
  }

  private static CompletionStage<Map<String, String>> names(@Nullable Journal journal) {
    return journal == null
        ? CompletableFuture.completedStage(Map.of())
        : journal
            .audits()
            .latest(1)
            .thenCompose(
                (List<AuditReport> last) -> FormerNames.of(journal, last.stream().findFirst()));
  }

  /** Reads the records of the last assigned leads, one after another. */
  private CompletionStage<Seen> writes(Seen seen) {
    Journal journal = seen.journal;
    Crm crm = seen.crm;
    CrmInspection inspection = seen.inspection;
    if (journal == null || crm == null || inspection == null || inspection.reading() == null) {
      return CompletableFuture.completedStage(seen);
    }
    return journal
        .list(LeadFilter.of(Stage.ASSIGNED), null, READ_BACK)
        .thenCompose(page -> read(crm, page.entries(), new LinkedHashMap<>()))
        .handle(
            (read, failure) -> {
              seen.crmLines.add(
                  failure == null
                      ? HouseLines.writes(read)
                      : Line.warn("writes", message(failure), "Ask again."));
              return seen;
            });
  }

  private static CompletionStage<Map<Entry, RecordState>> read(
      Crm crm, List<Entry> entries, Map<Entry, RecordState> read) {
    if (entries.isEmpty()) {
      return CompletableFuture.completedStage(read);
    }
    Entry first = entries.get(0);
    return crm.read(first.lead().module(), String.valueOf(first.crmId()))
        .thenCompose(
            state -> {
              read.put(first, state);
              return read(crm, entries.subList(1, entries.size()), read);
            });
  }

  private static Diagnosis diagnosis(Seen seen, Instant now) {
    CrmInspection inspection = seen.inspection;
    List<Line> lines = new ArrayList<>(seen.crmLines);
    if (inspection != null) {
      lines.add(untold(inspection));
    }
    lines.addAll(seen.houseLines);
    String dialect = inspection == null ? "unknown" : inspection.dialect();
    return new Diagnosis(now, dialect, lines);
  }

  private static Line untold(CrmInspection inspection) {
    return inspection.dialect().equals(CrmLines.CLASSIC)
        ? Line.warn(
            "untold",
            "cannot tell in this dialect: whether managers and users are active; and it has no"
                + " dry assignment",
            "Look at managers and users under Setup > Security Control > Territory Management.")
        : Line.warn(
            "untold",
            "cannot tell in this dialect: whether an assignment would be taken; there is no dry"
                + " one",
            "Post one lead to each new territory, and look at its record.");
  }

  private static String message(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return String.valueOf(cause.getMessage());
  }
}
