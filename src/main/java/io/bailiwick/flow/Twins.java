package io.bailiwick.flow;

import io.bailiwick.lead.Entry;
import io.bailiwick.lead.LeadFilter;
import io.bailiwick.lead.NewRecords;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps leads that the CRM may take for one from being asked for at once: two upserts that cross
 * each other may both find nothing, and make two records. A lead waits, claimed, while what is
 * known of an earlier one is that its call may still arrive. All calls on the flow's thread.
 */
final class Twins {

  private static final int PAGE = 500;

  private final Ports ports;
  private final @Nullable NewRecords records;
  private final Map<String, String> holders = new HashMap<>();
  private final List<Entry> waiting = new ArrayList<>();

  Twins(Ports ports) {
    this.ports = ports;
    this.records = ports.crm().capabilities().records();
  }

  /** Finds the calls that an earlier process left under way, and then runs {@code then}. */
  void start(Runnable then) {
    if (records == null) {
      then.run();
    } else {
      read(null, then);
    }
  }

  private void read(@Nullable String cursor, Runnable then) {
    new Insistence(ports)
        .on(
            "the journal cannot say what is being sent",
            () -> ports.journal().list(LeadFilter.of(Stage.SENDING), cursor, PAGE),
            page -> {
              page.entries().forEach(this::hold);
              if (page.next() == null) {
                then.run();
              } else {
                read(page.next(), then);
              }
            });
  }

  /** Whether nothing that may be the same record is under way; else it is kept until then. */
  boolean mayGo(Entry entry) {
    List<String> names = names(entry);
    for (String name : names) {
      if (!holders.getOrDefault(name, entry.id()).equals(entry.id())) {
        waiting.add(entry);
        return false;
      }
    }
    hold(entry);
    return true;
  }

  /** The leads that hold a name now: what may be the same record waits for them. */
  Set<String> holders() {
    return Set.copyOf(holders.values());
  }

  private void hold(Entry entry) {
    names(entry).forEach(name -> holders.putIfAbsent(name, entry.id()));
  }

  /** It is under way no more, whatever came of it; answers those that waited, to be given back. */
  List<Entry> free(Entry entry) {
    if (names(entry).isEmpty()) {
      return List.of();
    }
    holders.values().removeIf(entry.id()::equals);
    List<Entry> freed = List.copyOf(waiting);
    waiting.clear();
    return freed;
  }

  /** Looks until its asking is over by what is on disk, and then runs {@code then}. */
  void whenOver(Entry entry, Runnable then) {
    if (names(entry).isEmpty()) {
      return;
    }
    ports
        .journal()
        .find(entry.id())
        .whenCompleteAsync(
            (found, failure) -> {
              if (failure == null && found.filter(Twins::asking).isEmpty()) {
                then.run();
              } else {
                ports.timers().after(Insistence.AGAIN, () -> whenOver(entry, then));
              }
            },
            ports.timers());
  }

  /** Its call may be under way, or will be at any moment. */
  private static boolean asking(Entry entry) {
    boolean going = entry.stage() == Stage.SENDING || entry.stage() == Stage.DECIDED;
    return going && entry.crmId() == null;
  }

  private List<String> names(Entry entry) {
    return records == null || entry.crmId() != null ? List.of() : records.twins(entry.lead());
  }
}
