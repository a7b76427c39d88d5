package io.bailiwick.bench.measure;

import io.bailiwick.bench.crm.Written;
import io.bailiwick.bench.load.Load;
import io.bailiwick.bench.load.Loaded;
import io.bailiwick.bench.process.Child;
import io.bailiwick.bench.process.Served;
import io.bailiwick.lead.Nullable;

/**
 * Who is driven, and when its work counts as done: with the answer, or, where a CRM is named, once
 * the last accepted lead has its territory there.
 */
record Contestant(String name, Child child, String url, @Nullable String key, @Nullable Crm crm) {

  /**
   * What a round came to.
   *
   * @param perSecond leads
   * @param cpuPerThousand seconds of CPU time for a thousand leads
   * @param driverPerThousand the same of the driver
   * @param crmCores how many cores the CRM stub took meanwhile
   */
  record Sample(
      double perSecond,
      double cpuPerThousand,
      double driverPerThousand,
      double crmCores,
      Loaded loaded) {}

  /** A limit. */
  static Contestant of(String name, Child limit) {
    return new Contestant(name, limit, limit.url(), null, null);
  }

  /** Bailiwick, done with the answer. */
  static Contestant accepting(Served served) {
    return new Contestant("Bailiwick", served.child(), served.url(), served.source(), null);
  }

  /** Bailiwick, done with the CRM. */
  static Contestant assigning(Served served, Crm crm) {
    return new Contestant("Bailiwick", served.child(), served.url(), served.source(), crm);
  }

  /** By another name, where two of them meet. */
  Contestant named(String other) {
    return new Contestant(other, child, url, key, crm);
  }

  /** One round. It ends with the process at rest, and its CPU time until then is counted. */
  Sample round(Ground ground, Load load) {
    double cpu = child.cpuSeconds();
    double driver = ground.driverCpuSeconds();
    double stub = crm == null ? 0 : crm.child().cpuSeconds();
    long before = crm == null ? 0 : crm.written().records();
    Loaded loaded = ground.drive(load.to(url).by(key));
    driver = ground.driverCpuSeconds() - driver;
    double seconds = loaded.seconds();
    if (crm != null) {
      Written all = crm.until(before + loaded.leads());
      seconds = (all.newestAtMillis() - loaded.begunAtMillis()) / 1e3;
      stub = crm.child().cpuSeconds() - stub;
    }
    ground.settle(child);
    double thousands = loaded.leads() / 1e3;
    return new Sample(
        loaded.leads() / seconds,
        (child.cpuSeconds() - cpu) / thousands,
        driver / thousands,
        stub / seconds,
        loaded);
  }
}
