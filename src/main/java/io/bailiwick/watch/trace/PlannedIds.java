package io.bailiwick.watch.trace;

import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TraceParent;
import io.opentelemetry.sdk.trace.IdGenerator;

/**
 * Gives the next span of this thread the ids it was planned to have: they follow from the lead, so
 * that whoever takes a lead up after a restart names the same parents.
 */
final class PlannedIds implements IdGenerator {

  private static final ThreadLocal<@Nullable TraceParent> NEXT = new ThreadLocal<>();

  void plan(TraceParent span) {
    NEXT.set(span);
  }

  @Override
  public String generateSpanId() {
    return planned().spanId();
  }

  @Override
  public String generateTraceId() {
    return planned().traceId();
  }

  private TraceParent planned() {
    TraceParent span = NEXT.get();
    if (span == null) {
      throw new IllegalStateException("no span was planned on this thread");
    }
    return span;
  }
}
