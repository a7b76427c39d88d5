package io.bailiwick.bench;

import io.bailiwick.bench.measure.Accepting;
import io.bailiwick.bench.measure.Assigning;
import io.bailiwick.bench.measure.Features;
import io.bailiwick.bench.measure.History;
import io.bailiwick.bench.measure.Instances;
import io.bailiwick.bench.measure.Judging;
import io.bailiwick.bench.measure.Measure;
import io.bailiwick.bench.measure.Parts;
import io.bailiwick.bench.measure.Replaying;
import io.bailiwick.bench.measure.Starting;
import io.bailiwick.bench.measure.Waiting;
import java.util.List;

/** All measures of the suite, in the report's order. */
final class Measures {

  static final List<Measure> ALL =
      List.of(
          new Accepting(),
          Assigning.onePut(),
          Assigning.bulk(),
          new Judging(),
          new Parts(),
          new Replaying(),
          new Starting(),
          new Waiting(),
          new Features(),
          new Instances(),
          new History());

  private Measures() {}
}
