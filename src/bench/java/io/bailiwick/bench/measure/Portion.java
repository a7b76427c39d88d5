package io.bailiwick.bench.measure;

import io.bailiwick.bench.crm.Written;
import io.bailiwick.bench.load.Load;
import io.bailiwick.bench.load.Loaded;
import io.bailiwick.bench.process.Served;

/** A portion of leads, accepted while sending is paused, and sent once it goes on. */
final class Portion {

  /** Fills by requests of so many leads. */
  private static final int TOGETHER = 500;

  private static final double MOST_SECONDS = 3_600;

  private final Ground ground;
  private final Served served;
  private final Crm crm;

  Portion(Ground ground, Served served, Crm crm) {
    this.ground = ground;
    this.served = served;
    this.crm = crm;
  }

  /** Posts so many one by one; answers how many a second were accepted. */
  double accepted(long leads) {
    Loaded loaded = ground.drive(load().of(leads, 1));
    ground.settle(served.child());
    return loaded.perSecond();
  }

  /** Posts at least so many, many at once; answers how many. */
  long fill(long leads) {
    if (leads <= 0) {
      return 0;
    }
    Loaded loaded = ground.drive(load().of(leads, TOGETHER));
    ground.settle(served.child());
    return loaded.leads();
  }

  /** Lets sending go on; answers how many a second reach the CRM until so many have. */
  double released(long leads) {
    // What leaves first may arrive before the answer to the word that lets it.
    Written before = crm.written();
    long since = System.nanoTime();
    served.resume();
    return arriving(leads, before, since);
  }

  /** How many a second reach the CRM from now until so many more have. */
  double assigned(long leads) {
    return arriving(leads, crm.written(), System.nanoTime());
  }

  private double arriving(long leads, Written before, long since) {
    Written now = crm.beyond(before.records() + leads);
    return (now.records() - before.records()) / ((System.nanoTime() - since) / 1e9);
  }

  private Load load() {
    return Load.closed(served.url(), Assigning.CONNECTIONS, MOST_SECONDS).by(served.source());
  }
}
