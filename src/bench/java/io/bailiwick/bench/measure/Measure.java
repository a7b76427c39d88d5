package io.bailiwick.bench.measure;

import io.bailiwick.bench.report.Results;

/** One thing that can be measured alone. */
public interface Measure {

  /** Its name on the command line. */
  String name();

  /** What it measures, in one line. */
  String says();

  /** Measures; fails where something went wrong, such as a lead that was lost. */
  Results run(Ground ground) throws Exception;
}
