package io.bailiwick.http;

import io.bailiwick.json.Problem;
import io.bailiwick.json.ProblemType;

/** Ends a request with a problem; thrown by whoever finds it, answered in one place. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  Refusal(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Refusal(ProblemType type, String detail) {
    this(Problem.of(type, detail));
  }

  Problem problem() {
    return problem;
  }
}
