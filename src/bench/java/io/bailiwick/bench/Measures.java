package io.bailiwick.bench;

import io.bailiwick.bench.measure.Accepting;
import io.bailiwick.bench.measure.Measure;
import java.util.List;

/** All measures of the suite, in the report's order. */
final class Measures {

  static final List<Measure> ALL = List.of(new Accepting());

  private Measures() {}
}
