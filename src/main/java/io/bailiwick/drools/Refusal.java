package io.bailiwick.drools;

/** Stops the reading of one rule at its first flaw; what follows a flaw is mostly its echo. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Span at;
  private final String told;

  Refusal(Span at, String told) {
    super(told, null, false, false);
    this.at = at;
    this.told = told;
  }

  Span at() {
    return at;
  }

  String told() {
    return told;
  }
}
