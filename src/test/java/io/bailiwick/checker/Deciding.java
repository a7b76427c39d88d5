package io.bailiwick.checker;

import io.bailiwick.checker.Evidence.Decided;
import io.bailiwick.checker.Evidence.Reign;
import io.bailiwick.checker.Evidence.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was decided, and by what. */
final class Deciding {

  private Deciding() {}

  static List<String> sameAgain(Evidence evidence) {
    List<String> broken = new ArrayList<>();
    for (Stored lead : evidence.journal()) {
      Decided decision = lead.decision();
      boolean asked = decision != null && decision.again() != null;
      if (asked && !decision.again().equals(decision.outcome())) {
        broken.add(
            "%s: %s, asked again %s".formatted(lead.id(), decision.outcome(), decision.again()));
      }
    }
    return broken;
  }

  static List<String> served(Evidence evidence) {
    List<String> broken = new ArrayList<>();
    for (Stored lead : evidence.journal()) {
      Decided decision = lead.decision();
      if (decision != null && !served(evidence, decision)) {
        broken.add(
            "%s was decided at %s by %s, which did not serve then"
                .formatted(lead.id(), decision.at(), decision.rulebook()));
      }
    }
    return broken;
  }

  private static boolean served(Evidence evidence, Decided decision) {
    List<Reign> reigns = evidence.reigns();
    Duration skew = evidence.bounds().skew();
    for (int i = 0; i < reigns.size(); i++) {
      Instant until =
          i + 1 == reigns.size()
              ? Instant.MAX
              : reigns.get(i + 1).from().plus(evidence.bounds().swap()).plus(skew);
      boolean then =
          !decision.at().isBefore(reigns.get(i).from().minus(skew))
              && !decision.at().isAfter(until);
      if (then && reigns.get(i).rulebook().equals(decision.rulebook())) {
        return true;
      }
    }
    return false;
  }
}
