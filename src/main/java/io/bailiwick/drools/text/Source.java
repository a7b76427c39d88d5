package io.bailiwick.drools.text;

import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleFlaw;

/** One file's text, and how to point at a place in it. */
public final class Source {

  private static final int MAX_EXCERPT = 200;

  private final String file;
  private final String text;

  /** The text of a file; a byte order mark at its beginning is no part of it. */
  public Source(String file, String text) {
    this.file = file;
    // Some editors begin a file with a byte order mark; as a blank it keeps every place right.
    this.text = text.startsWith("\uFEFF") ? " " + text.substring(1) : text;
  }

  /** The file's path. */
  public String file() {
    return file;
  }

  /** Its text. */
  public String text() {
    return text;
  }

  /** The line of an offset, from 1. */
  public int line(int offset) {
    int line = 1;
    for (int i = 0; i < offset && i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }

  /** The offset at which a line begins; {@code line} from 1. */
  public int offset(int line) {
    int offset = 0;
    for (int i = 1; i < line; i++) {
      int next = text.indexOf('\n', offset);
      if (next < 0) {
        return text.length();
      }
      offset = next + 1;
    }
    return offset;
  }

  /** What is wrong at a place, told with the line and a caret; null for no rule. */
  public RuleFlaw flaw(Span at, @Nullable String rule, String message) {
    int start = Math.min(at.start(), text.length());
    int line = line(start);
    int begin = offset(line);
    int column = start - begin + 1;
    return new RuleFlaw(file, line, column, rule, message, excerpt(begin, start, at.length()));
  }

  /** The line, and under it a caret for each character that is meant; tabs stay tabs. */
  private String excerpt(int begin, int start, int length) {
    int newline = text.indexOf('\n', begin);
    String line = text.substring(begin, newline < 0 ? text.length() : newline).stripTrailing();
    if (line.length() > MAX_EXCERPT) {
      return "";
    }
    var excerpt = new StringBuilder(line).append('\n');
    for (int i = begin; i < start; i++) {
      excerpt.append(text.charAt(i) == '\t' ? '\t' : ' ');
    }
    int room = Math.max(1, begin + line.length() - start);
    return excerpt.append("^".repeat(Math.max(1, Math.min(length, room)))).toString();
  }
}
