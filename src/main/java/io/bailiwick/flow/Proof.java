package io.bailiwick.flow;

import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleVersion;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Tries a rulebook before it serves: its fixtures and guardrails. */
public interface Proof {

  /**
   * A fixture that did not come out as it expects, or could not be run.
   *
   * @param place where it stands under {@code fixtures/}: {@code leads/regions.json#3}
   */
  record Failing(String place, String name, List<String> details) {

    public Failing {
      details = List.copyOf(details);
    }

    /** On one line. */
    public String told() {
      return place + " \"" + name + "\": " + String.join("; ", details);
    }
  }

  /**
   * What it showed.
   *
   * @param cases how many fixtures were run
   * @param failing those that keep the rulebook from serving
   * @param warnings what does not: no fixtures at all, rules that none of them fires
   */
  record Proven(int cases, List<Failing> failing, List<String> warnings) {

    public Proven {
      failing = List.copyOf(failing);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Runs a version's fixtures through its own rules, and holds the change against its guardrails,
   * off the flow's thread; takes seconds. The stage never fails: a fixture that cannot be read is a
   * failing one, and so is a guardrail that does not hold.
   *
   * @param serving what serves now; null where nothing does yet
   */
  CompletionStage<Proven> prove(RuleVersion version, Rulebook rulebook, @Nullable Rulebook serving);
}
