package io.bailiwick.replay.compare;

import io.bailiwick.flow.Probes;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Hunk;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.Standing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds which difference between two rulebooks changed a lead's decision: the one that, undone
 * alone, gives the old decision back.
 */
final class Causes {

  private final Probes base;
  private final Probes candidate;
  private final List<Hunk> hunks;

  Causes(Probes base, Probes candidate, List<Hunk> hunks) {
    this.base = base;
    this.candidate = candidate;
    this.hunks = hunks;
  }

  /** The differences responsible, and whether only several together are. */
  record Found(List<Hunk> hunks, boolean together) {}

  /** The differences responsible; where none is alone, those of the rules that spoke. */
  Found of(Changed changed, Tally.When when) {
    var asked = new Probes.Asked(List.of(changed.row().lead()), when.snapshot(), when.at());
    Standing old = Standing.of(changed.before());
    List<Hunk> alone = new ArrayList<>();
    for (Hunk hunk : hunks) {
      Decision without = candidate.decideWithout(hunk, base, asked).get(0);
      if (Standing.of(without).equals(old)) {
        alone.add(hunk);
      }
    }
    return alone.isEmpty() ? new Found(together(changed), true) : new Found(alone, false);
  }

  private List<Hunk> together(Changed changed) {
    Set<String> spoke = new HashSet<>();
    spoke(changed.before(), spoke);
    spoke(changed.after(), spoke);
    return hunks.stream()
        .filter(hunk -> hunk.rule() != null && spoke.contains(hunk.rule()))
        .toList();
  }

  private static void spoke(Decision decision, Set<String> rules) {
    var receipt = decision.receipt();
    for (RuleHit hit : new RuleHit[] {receipt.winner(), receipt.readiness()}) {
      if (hit != null) {
        rules.add(hit.rule());
      }
    }
    receipt.runnersUp().forEach(lost -> rules.add(lost.hit().rule()));
  }
}
