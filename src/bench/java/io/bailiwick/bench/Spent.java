package io.bailiwick.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Nanoseconds that a pair took so far; JMH brings them out of the fork. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Spent {
  /** By Bailiwick. */
  public long ours;

  /** By the bare one. */
  public long bare;

  /** For how many leads, each. */
  public long leads;
}
