package io.bailiwick.watch.doctor;

import io.bailiwick.lead.Diagnosis.Line;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.JournalCondition;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.TerritoryRef;
import java.util.List;
import java.util.Map;

/** The lines about what is ours: journal, disk, rules, and whether writes arrive. Pure. */
final class HouseLines {

  private static final long MIB = 1L << 20;

  private HouseLines() {}

  static List<Line> journal(JournalCondition condition, DoctorSettings settings) {
    String where = condition.place() + ": " + condition.how();
    Line durable =
        condition.durable()
            ? Line.ok("journal", where)
            : Line.fail(
                "journal",
                where + "; accepted leads would not survive a power cut",
                "Use a journal.url on a disk, and leave its settings as Bailiwick makes them.");
    return List.of(durable, disk(condition.freeBytes(), settings));
  }

  private static Line disk(long free, DoctorSettings settings) {
    if (free < 0) {
      return Line.warn("disk", "room on the journal's disk: not known", "Watch it from outside.");
    }
    String told = "%,d MiB free on the journal's disk".formatted(free / MIB);
    String advice =
        "Make room, or move the journal to a larger disk: when it is full, no lead is"
            + " accepted.";
    if (free < settings.freeFail()) {
      return Line.fail("disk", told, advice);
    }
    return free < settings.freeWarn() ? Line.warn("disk", told, advice) : Line.ok("disk", told);
  }

  static Line journalBroken(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return Line.fail(
        "journal",
        "takes no write: " + cause.getMessage(),
        "See that the file of journal.url and its folder can be written and the disk has room.");
  }

  static Line rules(RulesSight rules) {
    if (rules.objections().isEmpty()) {
      return Line.ok("rules", rules.said());
    }
    String first = rules.objections().get(0);
    String more = rules.objections().size() > 1 ? "; " + rules.objections().size() + " in all" : "";
    return Line.fail(
        "rules",
        rules.said() + ": " + first + more,
        "Correct the file at that line; `bailiwick check` and `bailiwick replay` say the rest.");
  }

  /** Whether the last assignments show in the CRM: the states of their records, by lead. */
  static Line writes(Map<Entry, RecordState> read) {
    long shown = read.entrySet().stream().filter(HouseLines::shown).count();
    long empty =
        read.values().stream()
            .filter(s -> s instanceof RecordState.Present at && at.territoryIds().isEmpty())
            .count();
    if (read.isEmpty()) {
      return Line.warn(
          "writes",
          "no assigned lead to look at yet",
          "Post a lead and ask again: only its record shows whether a write arrives.");
    }
    if (shown > 0) {
      return Line.ok(
          "writes", "%d of %d last assigned records show it".formatted(shown, read.size()));
    }
    if (empty == read.size()) {
      return Line.fail(
          "writes",
          "the CRM said SUCCESS %d times and none of the records shows a territory"
              .formatted(empty),
          "This organisation ignores a classic `Territory` write. Change to the dialect zoho-v8, or"
              + " make the field Territory: Setup > Customization > Modules and Fields > Leads.");
    }
    return Line.warn(
        "writes",
        "none of the last %d assigned records shows its territory".formatted(read.size()),
        "Somebody may have changed them by hand, or a rule of the CRM's own does.");
  }

  private static boolean shown(Map.Entry<Entry, RecordState> one) {
    TerritoryRef territory = one.getKey().territory();
    return territory != null
        && one.getValue() instanceof RecordState.Present at
        && at.shows(territory.id());
  }
}
