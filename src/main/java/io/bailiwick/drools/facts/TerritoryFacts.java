package io.bailiwick.drools.facts;

import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Territory;
import io.bailiwick.lead.TerritorySnapshot;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/**
 * The territories of one session. Another snapshot changes only the facts that differ. A name that
 * rules spell out and the snapshot lacks stands as a territory known to be missing.
 */
public final class TerritoryFacts {

  private final KieSession session;
  private final Set<String> namedByRules;
  private final Map<Territory, FactHandle> handles = new HashMap<>();
  private volatile @Nullable TerritorySnapshot held;

  /** None yet; the names are those that rules and lookup rows spell out. */
  public TerritoryFacts(KieSession session, Set<String> namedByRules) {
    this.session = session;
    this.namedByRules = namedByRules;
  }

  /** Whether they are those of the snapshot; any thread may ask. */
  public boolean holds(TerritorySnapshot snapshot) {
    return snapshot.equals(held);
  }

  /** Makes the session's territories those of the snapshot; answers how many facts changed. */
  public int hold(TerritorySnapshot snapshot) {
    if (snapshot.equals(held)) {
      return 0;
    }
    held = null;
    Set<Territory> wanted = new HashSet<>(snapshot.territories());
    for (String name : namedByRules) {
      if (snapshot.named(name) == null) {
        wanted.add(Territory.missing(name));
      }
    }
    int changed = 0;
    for (Territory old : Set.copyOf(handles.keySet())) {
      if (!wanted.contains(old)) {
        session.delete(handles.remove(old));
        changed++;
      }
    }
    for (Territory territory : wanted) {
      if (!handles.containsKey(territory)) {
        handles.put(territory, session.insert(territory));
        changed++;
      }
    }
    held = snapshot;
    return changed;
  }
}
