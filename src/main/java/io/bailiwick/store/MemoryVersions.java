package io.bailiwick.store;

import io.bailiwick.flow.Journal.Changed;
import io.bailiwick.flow.JournalReader.KeptSnapshot;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.TerritorySnapshot;
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

  void keep(KeptSnapshot kept, Changed changed) {
    snapshot = kept;
    snapshots.put(kept.snapshot().id(), kept.snapshot());
    owed = owed.and(changed);
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

  void keep(RuleVersion version, @Nullable Publication publication, @Nullable String dealtWith) {
    versions.put(version.hash(), version);
    if (publication != null) {
      log.add(0, publication);
    }
    if (dealtWith != null && version.hash().equals(last())) {
      taken = dealtWith;
    }
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
  @Nullable
  String last() {
    return log.isEmpty() ? null : log.get(0).hash();
  }
}
