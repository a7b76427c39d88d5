package io.bailiwick.replay;

import java.util.regex.Pattern;

/**
 * The cells of CSV that a spreadsheet opens. One that the spreadsheet would take for a formula, or
 * would alter when it saves (leading zeros, long numbers, dates), gets an apostrophe before it, and
 * so does one that begins with an apostrophe, or is empty though present; reading takes one
 * apostrophe away, so that every text comes back as it was.
 */
final class CsvCell {

  private static final String MARK = "'";

  private static final Pattern ALTERED =
      Pattern.compile(
          "[=+@\\t\\r'-].*" // a formula, or marked already
              + "|0\\d+" // leading zeros go
              + "|\\d{12,}" // the last digits go
              + "|\\d+[eE]\\d+" // becomes a power of ten
              + "|\\d{1,4}[-/.]\\d{1,4}([-/.]\\d{1,4})?" // becomes a date
              + "|\\s.*|.*\\s" // white space at the ends goes
              + "|(?i:true|false)",
          Pattern.DOTALL);

  private CsvCell() {}

  /** A value as it is written. */
  static String written(String value) {
    return value.isEmpty() || ALTERED.matcher(value).matches() ? MARK + value : value;
  }

  /** What {@link #written} was given. */
  static String read(String cell) {
    return cell.startsWith(MARK) ? cell.substring(1) : cell;
  }
}
