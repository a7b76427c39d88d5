package io.bailiwick.checker;

import io.bailiwick.checker.Evidence.Step;
import io.bailiwick.checker.Evidence.Stored;
import io.bailiwick.checker.Evidence.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nothing lost, nothing doubled, nothing forgotten. */
final class Keeping {

  private static final Set<String> AT_REST = Set.of("assigned", "parked", "superseded", "erased");

  /** As README draws it. */
  private static final Map<String, Set<String>> LEGAL =
      Map.of(
          "accepted", Set.of("decided", "queued", "parked", "superseded", "erased"),
          "decided", Set.of("sending", "queued", "parked", "superseded", "erased"),
          "sending", Set.of("sending", "decided", "assigned", "queued", "parked"),
          "queued", Set.of("queued", "accepted", "decided", "parked", "superseded", "erased"),
          "assigned", Set.of("assigned", "decided", "superseded", "erased"),
          "parked", Set.of("parked", "accepted", "decided", "superseded", "erased"),
          "superseded", Set.of("erased"),
          "erased", Set.of());

  /** A revision that comes after a higher one is superseded as it comes. */
  private static final Set<String> FIRST = Set.of("accepted", "superseded");

  private Keeping() {}

  static List<String> kept(Evidence evidence) {
    List<String> broken = new ArrayList<>();
    Map<String, String> keys = new HashMap<>();
    Map<String, String> ids = new HashMap<>();
    Set<String> sent = new HashSet<>();
    evidence.told().forEach(told -> sent.add(told.key()));
    for (Stored lead : evidence.journal()) {
      if (ids.put(lead.id(), lead.key()) != null) {
        broken.add(lead.id() + " is in the journal twice");
      }
      if (keys.put(lead.key(), lead.id()) != null) {
        broken.add(lead.key() + " made two leads, one of them " + lead.id());
      }
      if (!sent.contains(lead.key())) {
        broken.add(lead.id() + " was sent by nobody: " + lead.key());
      }
    }
    for (Told told : evidence.told()) {
      if (told.id() != null && !told.key().equals(ids.get(told.id()))) {
        broken.add(
            "%s was acknowledged as %s, which is %s in the journal"
                .formatted(told.key(), told.id(), ids.getOrDefault(told.id(), "not")));
      }
    }
    return broken;
  }

  static List<String> oneState(Evidence evidence) {
    List<String> broken = new ArrayList<>();
    for (Stored lead : evidence.journal()) {
      String before = null;
      for (Step step : lead.history()) {
        Set<String> legal = before == null ? FIRST : LEGAL.getOrDefault(before, Set.of());
        if (!legal.contains(step.status())) {
          broken.add("%s went from %s to %s".formatted(lead.id(), before, step.status()));
        }
        before = step.status();
      }
      if (!lead.status().equals(before)) {
        broken.add("%s is %s, by its history %s".formatted(lead.id(), lead.status(), before));
      }
      boolean reasoned = Set.of("queued", "parked", "superseded").contains(lead.status());
      if (reasoned != (lead.why() != null)) {
        broken.add("%s is %s because of %s".formatted(lead.id(), lead.status(), lead.why()));
      }
      boolean going = Set.of("decided", "sending", "assigned").contains(lead.status());
      if (going && (lead.decision() == null || lead.decision().territory() == null)) {
        broken.add("%s is %s without a territory".formatted(lead.id(), lead.status()));
      }
    }
    return broken;
  }

  static List<String> due(Evidence evidence) {
    List<String> broken = new ArrayList<>();
    Evidence.Bounds bounds = evidence.bounds();
    Instant oldest = bounds.ended().minus(bounds.converge()).minus(bounds.skew());
    for (Stored lead : evidence.journal()) {
      boolean waits = !AT_REST.contains(lead.status());
      if (waits && (lead.due() == null || lead.due().isBefore(oldest))) {
        broken.add("%s is %s, due %s".formatted(lead.id(), lead.status(), lead.due()));
      }
    }
    return broken;
  }

  static List<String> converged(Evidence evidence) {
    List<String> broken = new ArrayList<>();
    Map<String, Stored> journal = new HashMap<>();
    evidence.journal().forEach(lead -> journal.put(lead.id(), lead));
    for (Told told : evidence.told()) {
      Stored lead = journal.get(told.id());
      if (told.id() == null && evidence.bounds().persistent()) {
        broken.add(told.key() + " was never acknowledged");
      } else if (lead != null && !atRest(told, lead)) {
        broken.add("%s is %s (%s)".formatted(lead.id(), lead.status(), lead.why()));
      } else if (lead != null && last(lead).isAfter(latest(evidence, lead))) {
        broken.add("%s came to rest only at %s".formatted(lead.id(), last(lead)));
      }
    }
    return broken;
  }

  private static boolean atRest(Told told, Stored lead) {
    return lead.status().equals("assigned")
        || lead.status().equals("superseded")
        || lead.status().equals("erased")
        || (told.right().equals(Evidence.NOWHERE) && lead.status().equals("queued"));
  }

  private static Instant last(Stored lead) {
    List<Step> steps = lead.history();
    return steps.isEmpty() ? lead.acceptedAt() : steps.get(steps.size() - 1).at();
  }

  private static Instant latest(Evidence evidence, Stored lead) {
    Instant healed = evidence.bounds().healed();
    Instant from = lead.acceptedAt().isAfter(healed) ? lead.acceptedAt() : healed;
    return from.plus(evidence.bounds().converge()).plus(evidence.bounds().skew());
  }
}
