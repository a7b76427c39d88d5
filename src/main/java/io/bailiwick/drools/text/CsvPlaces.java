package io.bailiwick.drools.text;

/** Finds the cells of a CSV text again, by line and number, to point at one. */
public final class CsvPlaces {

  private final Source source;
  private final char separator;

  /** Of this file; semicolons separate where its first line has some and no comma. */
  public CsvPlaces(Source source) {
    this.source = source;
    String first = firstLine(source.text());
    this.separator = first.indexOf(';') >= 0 && first.indexOf(',') < 0 ? ';' : ',';
  }

  /** What stands between two cells. */
  public char separator() {
    return separator;
  }

  /** A whole line, from 1. */
  public Span line(long line) {
    int start = source.offset((int) line);
    return new Span(start, Math.max(start + 1, end(start)));
  }

  /** The cell of that number, from 0, in the row that begins at that line. */
  public Span cell(long line, int number) {
    String text = source.text();
    int at = source.offset((int) line);
    for (int cell = 0; cell < number && at < text.length(); cell++) {
      at = endOfCell(at) + 1;
    }
    int end = Math.min(endOfCell(at), text.length());
    return new Span(Math.min(at, text.length()), Math.max(at + 1, end));
  }

  /**
   * Refuses a record whose last cell opens a quote that nothing closes: it would take the rest of
   * the file in as one text.
   */
  public void checkClosed(long line) {
    String text = source.text();
    int opened = -1;
    for (int i = source.offset((int) line); i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        opened = opened < 0 ? i : -1;
      } else if (c == '\n' && opened < 0) {
        return;
      }
    }
    if (opened >= 0) {
      throw new Refusal(
          new Span(opened, opened + 1), "this quote is not closed; write one more at its end");
    }
  }

  /** The offset of the separator or line end behind the cell that begins here. */
  private int endOfCell(int start) {
    String text = source.text();
    boolean quoted = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == separator || c == '\n' || c == '\r')) {
        return i;
      }
    }
    return text.length();
  }

  private int end(int start) {
    int newline = source.text().indexOf('\n', start);
    int end = newline < 0 ? source.text().length() : newline;
    return end > start && source.text().charAt(end - 1) == '\r' ? end - 1 : end;
  }

  private static String firstLine(String text) {
    return text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).findFirst().orElse("");
  }
}
