package io.bailiwick.replay.mutation;

import io.bailiwick.lead.Mutant;
import io.bailiwick.lead.Mutant.Kind;
import io.bailiwick.lead.Nullable;
import io.bailiwick.replay.LeadCase;
import java.util.List;

/**
 * Which small changes of the rules the fixtures notice.
 *
 * @param mutants how many were tried
 * @param survivors those that change no fixture's outcome
 * @param suggested the fewest leads found that would notice all survivors that any lead notices,
 *     those that notice most first, each with the present decision as its expectation
 */
public record MutationScore(int mutants, List<Survivor> survivors, List<LeadCase> suggested) {

  /**
   * A mutant that no fixture notices.
   *
   * @param killer the suggested fixture that would; null where no lead that was tried does
   */
  public record Survivor(Mutant mutant, @Nullable String killer) {}

  public MutationScore {
    survivors = List.copyOf(survivors);
    suggested = List.copyOf(suggested);
  }

  /** The share of mutants that some fixture notices, in percent; 100 where there are none. */
  public double percent() {
    return mutants == 0 ? 100 : (mutants - survivors.size()) * 100.0 / mutants;
  }

  /** Conditions of which no fixture's decision depends: turned round, nothing changes. */
  public List<Mutant> neverDecisive() {
    return survivors.stream()
        .map(Survivor::mutant)
        .filter(mutant -> mutant.kind() == Kind.NEGATED)
        .toList();
  }
}
