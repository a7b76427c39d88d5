package io.bailiwick.replay.leads;

import java.io.IOException;

/** Reads the rows of one file, in its order, into a tally. */
interface RowReader {

  /**
   * Reads to the end. Throws IOException where the file breaks, which is then told as a row of its
   * own.
   */
  void read(Tally tally) throws IOException;

  /** A file that breaks, and where. */
  final class Broken extends IOException {
    private static final long serialVersionUID = 1L;

    private final String place;

    Broken(String place, String what, Throwable cause) {
      super(what, cause);
      this.place = place;
    }

    String place() {
      return place;
    }
  }
}
