package io.bailiwick.flow;

import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.RuleFlaw;
import java.util.List;

/** What became of a wish to publish. */
public sealed interface PublishAnswer {

  /** That version serves, since this publication. */
  record Serves(Publication publication) implements PublishAnswer {}

  /** It serves as soon as it is proved. */
  record Underway(Candidate candidate) implements PublishAnswer {}

  /** It must not serve: its flaws, and the candidate, where it is one. */
  record Refused(List<RuleFlaw> flaws, @Nullable Candidate candidate) implements PublishAnswer {}

  /** There is no such candidate or version. */
  record Unknown() implements PublishAnswer {}

  /** Another version was published since it was asked for; by whom, the log tells. */
  record Overtaken() implements PublishAnswer {}

  /** The candidate is another one than the one that was meant. */
  record Changed(Candidate candidate) implements PublishAnswer {}
}
