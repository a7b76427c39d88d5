package io.bailiwick.drools;

/** A place in a file's text: offsets in characters, {@code end} not included. */
record Span(int start, int end) {

  int length() {
    return end - start;
  }

  Span to(Span last) {
    return new Span(start, last.end);
  }
}
