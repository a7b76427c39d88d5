package io.bailiwick.flow;

import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Publication;
import java.util.List;
import java.util.Optional;

/**
 * How things stand with the rules.
 *
 * @param differs whether {@code rules/} holds other rules than those that serve
 * @param candidates that of {@code rules/} first
 * @param shadow the candidate that judges live leads without consequence; null for none
 */
public record RulesStanding(
    Rulebook rulebook,
    Publication publication,
    Publisher.Mode mode,
    Publisher.Folder folder,
    boolean differs,
    List<Candidate> candidates,
    @Nullable ShadowRun shadow) {

  public RulesStanding {
    candidates = List.copyOf(candidates);
  }

  /** The candidate that comes from {@code rules/}. */
  public Optional<Candidate> fromFolder() {
    return candidates.stream().filter(c -> c.name().equals(Candidate.FOLDER)).findFirst();
  }
}
