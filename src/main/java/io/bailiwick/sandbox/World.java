package io.bailiwick.sandbox;

import io.bailiwick.lead.TerritoryReading;
import java.util.SplittableRandom;

/** All that a sandbox knows; a reset makes a new one. Guarded by the model's lock. */
record World(
    TerritoryBook territories,
    RecordBook records,
    FaultPlan faults,
    CallLog calls,
    ScheduledJobs jobs,
    Fields fields,
    CallMeter meter,
    OAuthBook oauth) {

  static World begin(String userId, TerritoryReading start, long seed) {
    return new World(
        new TerritoryBook(userId, start),
        new RecordBook(),
        new FaultPlan(new SplittableRandom(seed)),
        new CallLog(),
        new ScheduledJobs(),
        new Fields(),
        new CallMeter(),
        new OAuthBook());
  }

  /** Whether records of this module have territories; leads may have none (Zoho must allow it). */
  boolean enabledFor(String module) {
    return !module.equals("Leads") || territories.leadsEnabled();
  }
}
