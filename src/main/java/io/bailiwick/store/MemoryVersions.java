package io.bailiwick.store;

import io.bailiwick.flow.Journal.Changed;
import io.bailiwick.flow.Journal.Succession;
import io.bailiwick.flow.JournalReader.KeptSnapshot;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.TerritorySnapshot;
import io.bailiwick.store.DecisionFence.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules and the territories of {@link MemoryJournal}: what was kept, and what served when. Its
 * caller sees to one thread at a time.
 */
final class MemoryVersions {

  private final Map<String, TerritorySnapshot> snapshots = new HashMap<>();
  private final Map<String, RuleVersion> versions = new HashMap<>();
  private final List<Publication> log = new ArrayList<>();
  private final Set<Integer> wokenFor = new HashSet<>();
  private Changed owed = Changed.NOTHING;
  @Nullable KeptSnapshot snapshot;
  @Nullable String taken;

  /** Whether it is the latest now. */
  boolean keep(KeptSnapshot kept, Changed changed) {
    if (kept.number() != 1 + (snapshot == null ? 0 : snapshot.number())) {
      return false;
    }
    snapshot = kept;
    snapshots.put(kept.snapshot().id(), kept.snapshot());
    owed = owed.and(changed);
    return true;
  }

  /** What decisions go by. */
  Standing latest() {
    return new Standing(last(), snapshot == null ? null : snapshot.snapshot().id());
  }

  /** With what is still owed, which then is no more. */
  Changed woken(Changed changed) {
    Changed all = owed.and(changed);
    owed = Changed.NOTHING;
    return all;
  }

  @Nullable
  TerritorySnapshot snapshot(String id) {
    return snapshots.get(id);
  }

  /** Whether it is kept; not where what is published does not follow the last. */
  boolean keep(RuleVersion version, @Nullable Succession next, @Nullable String dealtWith) {
    if (next != null && !next.follows(log.isEmpty() ? null : log.get(0))) {
      return false;
    }
    versions.put(version.hash(), version);
    if (next != null) {
      log.add(0, next.publication());
    }
    if (dealtWith != null && version.hash().equals(last())) {
      taken = dealtWith;
    }
    return true;
  }

  @Nullable
  RuleVersion version(String hash) {
    return versions.get(hash);
  }

  /** The last first. */
  List<Publication> log(int limit) {
    return log.stream().limit(limit).toList();
  }

  /** Once for each publication. */
  boolean toBeWoken() {
    return wokenFor.add(log.size());
  }

  /** The hash of what was published last; null before the first. */
  private @Nullable String last() {
    return log.isEmpty() ? null : log.get(0).hash();
  }
}
