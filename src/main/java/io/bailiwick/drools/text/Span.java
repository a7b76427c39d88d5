package io.bailiwick.drools.text;

/** A place in a file's text: offsets in characters, {@code end} not included. */
public record Span(int start, int end) {

  /** How many characters it has. */
  public int length() {
    return end - start;
  }

  /** From here to the end of the other. */
  public Span to(Span last) {
    return new Span(start, last.end);
  }
}
