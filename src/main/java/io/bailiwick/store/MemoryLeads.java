package io.bailiwick.store;

import io.bailiwick.flow.Journal.Acceptance;
import io.bailiwick.flow.Journal.Key;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.Journal.Work;
import io.bailiwick.flow.JournalReader.Page;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.HistoryLine;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Stage;
import io.bailiwick.store.Revisions.Ranked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The leads of {@link MemoryJournal}: its tables. Its caller sees to one thread at a time. */
final class MemoryLeads {

  private static final Comparator<Row> RANK =
      Comparator.comparingLong((Row row) -> row.entry.revision()).thenComparingLong(row -> row.seq);

  /** One lead; {@code seq} is the order of acceptance. */
  static final class Row {
    final long seq;
    Entry entry;

    Row(long seq, Entry entry) {
      this.seq = seq;
      this.entry = entry;
    }

    boolean is(Work work) {
      return switch (entry.stage()) {
        case ACCEPTED, QUEUED -> work == Work.DECIDE;
        case DECIDED, SENDING -> work == Work.SEND;
        case ASSIGNED -> work == Work.WATCH;
        case PARKED, SUPERSEDED, ERASED -> false;
      };
    }

    boolean isDue(Instant at) {
      return !due().isAfter(at);
    }

    Instant due() {
      Instant due = entry.due();
      return due == null ? Instant.MAX : due;
    }
  }

  private record Used(Key key, List<String> leads, Instant at) {}

  private final MemoryDue picked = new MemoryDue();
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final SortedMap<Long, Row> underWay = new TreeMap<>();
  private final Map<String, List<Row>> lines = new HashMap<>();
  private final Map<String, List<HistoryLine>> histories = new HashMap<>();
  private final Map<String, Used> keys = new HashMap<>();

  Acceptance accept(List<Submission> submissions, @Nullable Key key) {
    Used used = key == null ? null : keys.get(key.value());
    if (used != null) {
      return used.key.equals(key)
          ? new Acceptance.Repeated(used.leads.stream().map(id -> row(id).entry).toList())
          : new Acceptance.KeyReused(used.key.value());
    }
    List<Row> accepted = submissions.stream().map(this::insert).toList();
    if (key != null && !accepted.isEmpty()) {
      List<String> ids = submissions.stream().map(Submission::id).toList();
      keys.put(key.value(), new Used(key, ids, submissions.get(0).at()));
    }
    return new Acceptance.Accepted(accepted.stream().map(row -> row.entry).toList());
  }

  private Row insert(Submission submission) {
    Lead lead = submission.lead();
    String record = Entry.accepted(submission.id(), lead, 0, submission.at()).line();
    List<Row> line = lines.computeIfAbsent(record, name -> new ArrayList<>());
    long top = line.stream().mapToLong(row -> row.entry.revision()).max().orElse(0);
    Long given = lead.revision();
    long revision = given == null ? top + 1 : given;
    Entry accepted =
        Entry.accepted(submission.id(), lead, revision, submission.at(), submission.origin());
    List<Entry> others = line.stream().map(other -> other.entry).toList();
    Entry entry = Revisions.after(others, accepted);
    Row row = new Row(rows.size() + 1L, entry);
    rows.put(submission.id(), row);
    underWay.put(row.seq, row);
    line.add(row);
    remember(entry, "accepted as revision " + entry.revision());
    Revisions.supersede(others, entry, submission.at()).forEach(this::apply);
    return row;
  }

  boolean apply(Move move) {
    Row row = row(move.after().id());
    if (row.entry.version() != move.before().version()) {
      return false;
    }
    String line = row.entry.line();
    row.entry = move.after();
    handOn(row, move);
    settle(row, move);
    if (!row.entry.line().equals(line)) {
      lines.remove(line);
      join(row, move);
    }
    return true;
  }

  /** Its record has a name now, and may have other revisions. */
  private void join(Row row, Move move) {
    List<Row> line = lines.computeIfAbsent(row.entry.line(), name -> new ArrayList<>());
    List<Ranked> others =
        line.stream()
            .filter(other -> other.entry.stage() != Stage.SUPERSEDED)
            .map(other -> new Ranked(other.entry, other.seq))
            .toList();
    row.entry = Revisions.joined(others, new Ranked(row.entry, row.seq));
    line.add(row);
    Revisions.giveWay(others, new Ranked(row.entry, row.seq), move.after().changedAt())
        .forEach(this::apply);
  }

  private void settle(Row row, Move move) {
    if (row.entry.stage().atRest() && row.entry.due() == null) {
      underWay.remove(row.seq);
    } else {
      underWay.put(row.seq, row);
    }
    remember(row.entry, move.note());
  }

  /** A revision that waits for it takes over what the record may show because of it. */
  private void handOn(Row row, Move move) {
    String newer = move.before().stage() == Stage.SENDING ? newer(row) : null;
    if (newer != null) {
      Row waiting = row(newer);
      waiting.entry = waiting.entry.after(move.after());
    }
  }

  Stream<Row> all() {
    return rows.values().stream();
  }

  /** A page of these, newest first. */
  Page newest(LeadFilter which, @Nullable String cursor, int limit) {
    long before = cursor == null ? Long.MAX_VALUE : Cursors.parse(cursor);
    return page(
        all()
            .filter(row -> row.seq < before && which.holds(row.entry))
            .sorted(Comparator.comparingLong((Row row) -> row.seq).reversed()),
        limit);
  }

  /** A page of these in the order of acceptance. */
  Page oldest(Predicate<Entry> which, @Nullable String cursor, int limit) {
    long after = cursor == null ? Long.MIN_VALUE : Cursors.parse(cursor);
    return page(
        all()
            .filter(row -> row.seq > after && which.test(row.entry))
            .sorted(Comparator.comparingLong((Row row) -> row.seq)),
        limit);
  }

  private static Page page(Stream<Row> rows, int limit) {
    List<Row> found = rows.limit(limit + 1L).toList();
    boolean more = found.size() > limit;
    List<Row> page = more ? found.subList(0, limit) : found;
    return new Page(
        page.stream().map(row -> row.entry).toList(),
        more ? Long.toString(page.get(limit - 1).seq) : null);
  }

  /** Those not at rest, in the order of acceptance. */
  Collection<Row> underWay() {
    return underWay.values();
  }

  /** Those that fell due, of nobody and not kept back by another revision. */
  List<Row> due(Work work, Instant at, int limit, MemoryClaims claims) {
    List<Row> due = new ArrayList<>();
    for (Row row : underWay()) {
      if (row.is(work) && row.isDue(at) && claims.free(row.entry.id()) && !blocked(row)) {
        due.add(row);
      }
    }
    due.sort(Comparator.comparing(Row::due));
    return picked.taken(work, due, limit);
  }

  @Nullable
  Row find(String id) {
    return rows.get(id);
  }

  List<HistoryLine> history(String id) {
    return List.copyOf(histories.getOrDefault(id, List.of()));
  }

  /** Whether another revision of its record is being sent. */
  boolean blocked(Row row) {
    return line(row).stream()
        .anyMatch(other -> other != row && other.entry.stage() == Stage.SENDING);
  }

  /** The id of the highest revision of a lead's record, or null where it is the lead itself. */
  @Nullable
  String newer(Row row) {
    Row top = line(row).stream().max(RANK).orElse(row);
    return top == row ? null : top.entry.id();
  }

  int wake(Predicate<Entry> which, Instant at, Runnable then) {
    List<Row> woken = all().filter(row -> which.test(row.entry) && !row.isDue(at)).toList();
    woken.forEach(row -> row.entry = row.entry.dueAt(at));
    then.run();
    return woken.size();
  }

  int forgetKeys(Instant before) {
    int held = keys.size();
    keys.values().removeIf(used -> used.at.isBefore(before));
    return held - keys.size();
  }

  /** Forgets the words of its history but for the last, and its keys. */
  void forget(String id) {
    List<HistoryLine> lines = new ArrayList<>(history(id));
    for (int i = 0; i < lines.size() - 1; i++) {
      lines.set(i, new HistoryLine(lines.get(i).at(), lines.get(i).stage(), ""));
    }
    histories.put(id, lines);
    keys.values().removeIf(used -> used.leads.contains(id));
  }

  Row row(String id) {
    Row row = rows.get(id);
    if (row == null) {
      throw new IllegalStateException("no lead " + id);
    }
    return row;
  }

  private List<Row> line(Row row) {
    return lines.getOrDefault(row.entry.line(), List.of());
  }

  private void remember(Entry entry, String note) {
    histories
        .computeIfAbsent(entry.id(), id -> new ArrayList<>())
        .add(new HistoryLine(entry.changedAt(), entry.stage(), note));
  }
}
