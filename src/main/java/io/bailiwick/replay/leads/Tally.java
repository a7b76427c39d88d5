package io.bailiwick.replay.leads;

import io.bailiwick.json.LeadJson;
import io.bailiwick.json.Problem;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Stage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Numbers the rows of a stream, gathers them into batches, and counts what was no lead. */
final class Tally {

  /** The most names of columns, and of doubts, that are kept to be told. */
  static final int MAX_NAMES = 1_000;

  private static final String UNKNOWN = " is not a field of a lead; kept under attributes";

  private final Map<Unread, Long> unreadable = new EnumMap<>(Unread.class);
  private final Map<String, Long> doubts = new LinkedHashMap<>();
  private final Set<String> unmapped = new LinkedHashSet<>();
  private final List<LeadRow> leads = new ArrayList<>();
  private final List<UnreadRow> unread = new ArrayList<>();
  private final Consumer<LeadBatch> each;
  private final int size;
  private volatile long rows;

  Tally(int size, Consumer<LeadBatch> each) {
    if (size < 1) {
      throw new IllegalArgumentException("a batch has at least one row, not " + size);
    }
    this.size = size;
    this.each = each;
  }

  /** A lead with nothing more to say of it. */
  void lead(String place, Lead lead, LeadRow.@Nullable Fixture fixture) {
    leads.add(new LeadRow(next(), place, lead, fixture, null));
    handOverFull();
  }

  /** A lead that the journal holds, unless it was erased. */
  void recorded(Entry entry) {
    if (entry.stage() == Stage.ERASED) {
      unread(entry.id(), Unread.ERASED, "the lead was erased");
      return;
    }
    leads.add(new LeadRow(next(), entry.id(), entry.lead(), null, entry));
    handOverFull();
  }

  /** A lead of this form, or why there is none. */
  void form(String place, LeadForm form) {
    if (!form.flaws().isEmpty()) {
      unread(
          place,
          Unread.INVALID_LEAD,
          form.flaws().stream()
              .map(flaw -> flaw.field() + " " + flaw.message())
              .collect(Collectors.joining("; ")));
      return;
    }
    form.warnings().forEach(warning -> doubt(warning.field() + " " + warning.message()));
    lead(place, form.lead(), null);
  }

  /** A lead as read from JSON, or why there is none. */
  void json(String place, LeadJson.Read read) {
    Lead lead = read.lead();
    if (lead == null) {
      unread(
          place,
          Unread.INVALID_LEAD,
          read.flaws().stream().map(Tally::told).collect(Collectors.joining("; ")));
      return;
    }
    for (Problem.Flaw warning : read.warnings()) {
      String told = told(warning);
      if (told.endsWith(UNKNOWN)) {
        unmapped(told.substring(0, told.length() - UNKNOWN.length()));
      } else {
        doubt(told);
      }
    }
    lead(place, lead, null);
  }

  /** A row that is no lead. */
  void unread(String place, Unread reason, String detail) {
    unread.add(new UnreadRow(next(), place, reason, detail));
    unreadable.merge(reason, 1L, Long::sum);
    handOverFull();
  }

  /** A column, or a member of JSON, that is no field. */
  void unmapped(String name) {
    if (unmapped.size() < MAX_NAMES) {
      unmapped.add(name);
    }
  }

  /** Hands over what is left. */
  void finish() {
    if (!leads.isEmpty() || !unread.isEmpty()) {
      handOver();
    }
  }

  long rows() {
    return rows;
  }

  Map<Unread, Long> unreadable() {
    return Map.copyOf(unreadable);
  }

  Map<String, Long> doubts() {
    return new LinkedHashMap<>(doubts);
  }

  List<String> unmapped() {
    return List.copyOf(unmapped);
  }

  private void doubt(String told) {
    if (doubts.size() < MAX_NAMES || doubts.containsKey(told)) {
      doubts.merge(told, 1L, Long::sum);
    }
  }

  private static String told(Problem.Flaw flaw) {
    String pointer = flaw.pointer();
    return (pointer.isEmpty() ? "it" : pointer.substring(1)) + " " + flaw.detail();
  }

  private long next() {
    long number = rows + 1;
    rows = number;
    return number;
  }

  private void handOverFull() {
    if (leads.size() + unread.size() >= size) {
      handOver();
    }
  }

  private void handOver() {
    var batch = new LeadBatch(leads, unread);
    leads.clear();
    unread.clear();
    each.accept(batch);
  }
}
