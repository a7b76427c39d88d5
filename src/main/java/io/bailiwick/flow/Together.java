package io.bailiwick.flow;

import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which leads go in one call: those of one module that are to be sent, or to be looked at. With
 * each attempt that failed, from the third on, it is half as many, until what spoils a call for the
 * others is alone. A lead whose record is yet to be made is alone: nothing else ties an answer to
 * it for certain.
 */
final class Together {

  /** Records fail for themselves, too; that keeps none from going with the others. */
  private static final int PATIENT = 2;

  private record Kind(String module, boolean sent, int most, @Nullable String alone) {}

  private Together() {}

  /** At most {@code most} in each; the order within a kind stays. */
  static List<List<Entry>> of(List<Entry> entries, int most) {
    Map<Kind, List<Entry>> open = new LinkedHashMap<>();
    List<List<Entry>> groups = new ArrayList<>();
    for (Entry entry : entries) {
      int halvings = Math.max(0, Math.min(entry.attempts().spent() - PATIENT, 30));
      int room = Math.max(1, most >> halvings);
      String alone = entry.crmId() == null ? entry.id() : null;
      var kind = new Kind(entry.lead().module(), entry.stage() == Stage.SENDING, room, alone);
      List<Entry> group = open.get(kind);
      if (group == null || group.size() == room) {
        group = new ArrayList<>();
        open.put(kind, group);
        groups.add(group);
      }
      group.add(entry);
    }
    return groups;
  }
}
