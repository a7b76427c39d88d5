package io.bailiwick.http.access;

import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Nullable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who brought which version of the rules, so that none of them publishes it. What it knows ends
 * with the process, as candidates do. Any thread may call.
 */
public final class FourEyes {

  private static final int VERSIONS_MAX = 1_000;

  private final boolean asked;
  private final Map<String, Set<String>> broughtBy =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<String>> eldest) {
          return size() > VERSIONS_MAX;
        }
      };

  /** {@code asked}: whether a second person is needed at all. */
  public FourEyes(boolean asked) {
    this.asked = asked;
  }

  /** Whether a second person is needed at all. */
  public boolean required() {
    return asked;
  }

  /** This caller brought the version of that hash. */
  public synchronized void brought(String hash, Caller caller) {
    broughtBy.computeIfAbsent(hash, none -> new HashSet<>()).add(caller.name());
  }

  /** Throws {@link Refusal} where this caller brought the version of that hash. */
  public synchronized void check(@Nullable String hash, Caller caller) {
    if (asked && broughtBy.getOrDefault(String.valueOf(hash), Set.of()).contains(caller.name())) {
      throw new Refusal(
          ProblemType.SECOND_PERSON_NEEDED,
          "%s brought version %s; somebody else must publish it."
              .formatted(caller.name(), String.valueOf(hash).substring(0, 12)));
    }
  }
}
