package io.bailiwick.store;

import io.bailiwick.flow.AuditBook;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Stage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The audits of {@link MemoryJournal}, guarded by its lock as the leads are. */
final class MemoryAudits implements AuditBook {

  private record Held(String holder, Instant until) {}

  private final Object lock;
  private final MemoryLeads leads;
  private final Deque<AuditReport> reports = new ArrayDeque<>();
  private final Map<String, Held> days = new HashMap<>();
  private @Nullable String lastDay;
  private @Nullable String lastTold;

  MemoryAudits(Object lock, MemoryLeads leads) {
    this.lock = lock;
    this.leads = leads;
  }

  /** Nobody holds an audit that is not finished; its caller has the lock. */
  void free() {
    days.clear();
  }

  @Override
  public CompletionStage<Claimed> claim(String day, String holder, Instant now, Instant until) {
    synchronized (lock) {
      if (lastDay != null && lastDay.compareTo(day) >= 0) {
        return done(new Claimed(Claim.DONE, null, lastDay));
      }
      Held other = days.get(day);
      if (other != null && !other.holder().equals(holder) && other.until().isAfter(now)) {
        return done(new Claimed(Claim.HELD, other.until(), lastDay));
      }
      days.put(day, new Held(holder, until));
      return done(new Claimed(Claim.TAKEN, null, lastDay));
    }
  }

  @Override
  public CompletionStage<Kept> keep(AuditReport report, String holder) {
    synchronized (lock) {
      String day = report.day();
      if (day != null && !isOf(days.get(day), holder)) {
        return done(Kept.LOST);
      }
      AuditReport last = reports.peekFirst();
      if (last != null && !last.id().equals(report.comparedWith())) {
        return done(Kept.OUTDATED);
      }
      reports.addFirst(report);
      if (reports.size() > KEPT) {
        reports.removeLast();
      }
      if (day != null) {
        lastDay = day;
        days.remove(day);
      }
      return done(Kept.KEPT);
    }
  }

  @Override
  public CompletionStage<Optional<AuditReport>> untold() {
    synchronized (lock) {
      AuditReport last = reports.peekFirst();
      return done(Optional.ofNullable(last).filter(report -> !report.id().equals(lastTold)));
    }
  }

  @Override
  public CompletionStage<Void> told(String id) {
    synchronized (lock) {
      lastTold = id;
      return CompletableFuture.completedFuture(null);
    }
  }

  @Override
  public CompletionStage<List<AuditReport>> latest(int limit) {
    synchronized (lock) {
      return done(reports.stream().limit(limit).toList());
    }
  }

  @Override
  public CompletionStage<Optional<AuditReport>> find(String id) {
    synchronized (lock) {
      return done(reports.stream().filter(report -> report.id().equals(id)).findFirst());
    }
  }

  @Override
  public CompletionStage<Map<String, Exposure>> exposure(
      Set<String> territories, Instant lately, Instant longAgo) {
    synchronized (lock) {
      Map<String, Exposure> exposures = new HashMap<>();
      for (String name : territories) {
        List<Entry> own =
            leads
                .all()
                .map(row -> row.entry)
                .filter(entry -> entry.stage() != Stage.SUPERSEDED && names(entry, name))
                .toList();
        exposures.put(
            name,
            new Exposure(
                since(own, lately),
                since(own, longAgo),
                own.stream().filter(entry -> entry.stage() == Stage.QUEUED).count()));
      }
      return done(exposures);
    }
  }

  private static boolean isOf(@Nullable Held held, String holder) {
    return held != null && held.holder().equals(holder);
  }

  private static boolean names(Entry entry, String territory) {
    var own = entry.territory();
    return own != null && own.name().equals(territory);
  }

  private static long since(List<Entry> entries, Instant at) {
    return entries.stream().filter(entry -> !entry.acceptedAt().isBefore(at)).count();
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
