package io.bailiwick.drools.analysis;

import io.bailiwick.drools.rule.Field;
import io.bailiwick.lead.Nullable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Leads whose fields each lie in a set of values; a field that is not named may have any.
 *
 * @param sets by the field's name
 * @param opaque whether something besides is asked that is not understood here, so that the box may
 *     hold less than it says
 */
record Box(Map<String, ValueSet> sets, boolean opaque) {

  /** All leads there can be. */
  static final Box ALL = new Box(Map.of(), false);

  Box {
    sets = Map.copyOf(sets);
  }

  /** The values that a field may have here. */
  ValueSet of(Field field) {
    ValueSet set = sets.get(field.name());
    return set == null ? ValueSet.all(field) : set;
  }

  /** With one field's values narrowed; null where nothing is left. */
  @Nullable
  Box and(ValueSet set) {
    ValueSet narrowed = of(set.field()).and(set);
    return narrowed.isEmpty() ? null : with(narrowed);
  }

  /** With what is in both; null where nothing is. */
  @Nullable
  Box and(Box other) {
    Map<String, ValueSet> both = new LinkedHashMap<>(sets);
    for (ValueSet set : other.sets.values()) {
      ValueSet mine = sets.get(set.field().name());
      ValueSet narrowed = mine == null ? set.within() : mine.and(set);
      if (narrowed.isEmpty()) {
        return null;
      }
      both.put(set.field().name(), narrowed);
    }
    return new Box(both, opaque || other.opaque);
  }

  /** With one field's values replaced. */
  Box with(ValueSet set) {
    Map<String, ValueSet> changed = new LinkedHashMap<>(sets);
    changed.put(set.field().name(), set);
    return new Box(changed, opaque);
  }

  /** The same, with something that is not understood. */
  Box withOpaque() {
    return opaque ? this : new Box(sets, true);
  }

  /** Whether a lead can be in both; never wrongly false. */
  @SuppressWarnings("ReferenceEquality") // A set meets itself, and the same ones come often.
  boolean meets(Box other) {
    for (ValueSet set : other.sets.values()) {
      ValueSet mine = sets.get(set.field().name());
      if (mine != null && mine != set && !mine.meets(set)) {
        return false;
      }
    }
    return true;
  }
}
