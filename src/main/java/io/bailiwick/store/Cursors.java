package io.bailiwick.store;

/** The cursor of a page: the order of acceptance of the last lead on the page before. */
final class Cursors {

  private Cursors() {}

  /** Throws IllegalArgumentException for anything but a cursor of ours. */
  static long parse(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the cursor is not one of this journal's", e);
    }
  }
}
