package io.bailiwick.store;

import io.bailiwick.flow.Journal.Work;
import io.bailiwick.store.MemoryLeads.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which of the due leads a claim takes: some in turn, some of the oldest, some of the newest. */
final class MemoryDue {

  private final Shares shares = new Shares();
  private final Turns turns = new Turns();

  /** {@code due} begins with the oldest. */
  List<Row> taken(Work work, List<Row> due, int limit) {
    List<Row> taken = new ArrayList<>(work == Work.SEND ? inTurn(due, limit) : List.of());
    Set<Row> gone = new HashSet<>(taken);
    List<Row> rest = due.stream().filter(row -> !gone.contains(row)).toList();
    int room = limit - taken.size();
    int newest = Math.min(shares.newest(limit), Math.max(0, rest.size() - room));
    int oldest = Math.min(room - newest, rest.size());
    taken.addAll(rest.subList(0, oldest));
    taken.addAll(rest.subList(rest.size() - newest, rest.size()));
    if (work == Work.SEND) {
      turns.claimed(taken.size(), limit);
    }
    return taken;
  }

  private List<Row> inTurn(List<Row> due, int limit) {
    NavigableMap<String, List<Row>> byTerritory =
        due.stream()
            .collect(
                Collectors.groupingBy(MemoryDue::territory, TreeMap::new, Collectors.toList()));
    List<Row> taken = new ArrayList<>();
    try {
      turns.take(
          limit,
          byTerritory::higherKey,
          (territory, most) -> {
            List<Row> own = byTerritory.getOrDefault(territory, List.of());
            taken.addAll(own.subList(0, Math.min(most, own.size())));
            return Math.min(most, own.size());
          });
    } catch (SQLException e) {
      throw new AssertionError("nothing here asks a database", e);
    }
    return taken;
  }

  private static String territory(Row row) {
    var territory = row.entry.territory();
    return territory == null ? "" : territory.name();
  }
}
