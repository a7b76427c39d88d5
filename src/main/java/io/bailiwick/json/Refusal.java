package io.bailiwick.json;

/** Ends a request with a problem; thrown by whoever finds it, answered in one place. */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** Ends it with this problem; without a stack, for it is an answer and no mistake of ours. */
  public Refusal(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** Ends it with a problem that names no places. */
  public Refusal(ProblemType type, String detail) {
    this(Problem.of(type, detail));
  }

  /** What is answered. */
  public Problem problem() {
    return problem;
  }
}
