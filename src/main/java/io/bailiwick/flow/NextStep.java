package io.bailiwick.flow;

import static java.util.stream.Collectors.toSet;

import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What follows from one answer of the CRM: the lead's move, and what it means for all others.
 *
 * @param hold how long nothing is to be sent to the CRM; null where the others go on
 * @param refresh whether the territories should be read again soon
 */
record NextStep(Move move, @Nullable Duration hold, boolean refresh) {

  static NextStep of(Move move) {
    return new NextStep(move, null, false);
  }

  /** Of which leads nobody told whether their moves are on disk, or others moved them. */
  static List<Entry> unsure(List<NextStep> steps, List<Move> applied) {
    Set<String> sure = applied.stream().map(move -> move.after().id()).collect(toSet());
    return steps.stream()
        .map(step -> step.move().before())
        .filter(entry -> !sure.contains(entry.id()))
        .toList();
  }
}
