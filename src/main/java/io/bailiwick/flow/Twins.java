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
import java.util.stream.Collectors;

/**
 * Keeps leads that the CRM may take for one from being asked for at once: two upserts that cross
 * each other may both find nothing, and make two records. A lead waits, claimed, while what is
 * known of an earlier one is that its call may still arrive. All calls on the flow's thread.
 */
final class Twins {

  private static final int PAGE = 500;

  private final Ports ports;
  private final @Nullable NewRecords records;

  /** By the names that they hold, as they were when their last call began. */
  private final Map<String, Entry> holders = new HashMap<>();

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
      if (!holders.getOrDefault(name, entry).id().equals(entry.id())) {
        waiting.add(entry);
        return false;
      }
    }
    hold(entry);
    return true;
  }

  /** The leads that hold a name now: what may be the same record waits for them. */
  Set<String> holders() {
    return holders.values().stream().map(Entry::id).collect(Collectors.toSet());
  }

  private void hold(Entry entry) {
    names(entry).forEach(name -> holders.putIfAbsent(name, entry));
  }

  /** A call asks for it from now on; to hear what came of an earlier one frees it no more. */
  void begun(Entry entry) {
    names(entry).forEach(name -> holders.put(name, entry));
  }

  /** It is under way no more, whatever came of it; answers those that waited, to be given back. */
  List<Entry> free(Entry entry) {
    if (!holders.values().removeIf(one -> isOver(one, entry))) {
      return List.of();
    }
    List<Entry> freed = List.copyOf(waiting);
    waiting.clear();
    return freed;
  }

  private static boolean isOver(Entry holder, Entry told) {
    return holder.id().equals(told.id()) && holder.version() <= told.version();
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
