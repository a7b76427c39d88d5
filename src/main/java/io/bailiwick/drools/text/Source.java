package io.bailiwick.drools.text;

import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleFlaw;
import java.util.Arrays;

/** One file's text, and how to point at a place in it. */
public final class Source {

  private static final int MAX_EXCERPT = 200;

  private final String file;
  private final String text;
  private final int[] lineStarts;

  /** The text of a file; a byte order mark at its beginning is no part of it. */
  public Source(String file, String text) {
    this.file = file;
    // Some editors begin a file with a byte order mark; as a blank it keeps every place right.
    this.text = text.startsWith("\uFEFF") ? " " + text.substring(1) : text;
    this.lineStarts = lineStarts(this.text);
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
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The offset at which a line begins; {@code line} from 1, the text's end for one behind it. */
  public int offset(int line) {
    return line <= lineStarts.length ? lineStarts[Math.max(1, line) - 1] : text.length();
  }

  /** What is wrong at a place, told with the line and a caret; null for no rule. */
  public RuleFlaw flaw(Span at, @Nullable String rule, String message) {
    int start = Math.min(at.start(), text.length());
    int line = line(start);
    int begin = offset(line);
    int column = start - begin + 1;
    return new RuleFlaw(file, line, column, rule, message, excerpt(begin, start, at.length()));
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[1 + (int) text.chars().filter(c -> c == '\n').count()];
    int line = 1;
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      starts[line++] = at + 1;
    }
    return starts;
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
