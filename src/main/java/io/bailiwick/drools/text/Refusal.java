package io.bailiwick.drools.text;

/**
 * Stops the reading of one part of a file at its first flaw; what follows a flaw is mostly its
 * echo.
 */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Span at;
  private final String told;

  /** At this place, for the reason told, which also says what to write instead. */
  public Refusal(Span at, String told) {
    super(told, null, false, false);
    this.at = at;
    this.told = told;
  }

  /** Where. */
  public Span at() {
    return at;
  }

  /** What is wrong and what to write instead. */
  public String told() {
    return told;
  }
}
