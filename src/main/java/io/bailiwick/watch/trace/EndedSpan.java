package io.bailiwick.watch.trace;

import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TraceParent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationLibraryInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A span as the exporter takes it, of a step that is over when it is told. The SDK's own are for
 * steps that begin, are written to by whoever comes, and end; these have their ids, their times and
 * their attributes from the first, and nothing to guard.
 */
final class EndedSpan implements ReadableSpan, SpanData {

  /** Who makes spans, which is the same for all of them. */
  record Source(Resource resource, InstrumentationScopeInfo scope) {

    static Source of(String version) {
      var service =
          Attributes.of(
              AttributeKey.stringKey("service.name"),
              "bailiwick",
              AttributeKey.stringKey("service.version"),
              version);
      return new Source(
          Resource.getDefault().merge(Resource.create(service)),
          InstrumentationScopeInfo.builder("io.bailiwick").setVersion(version).build());
    }
  }

  private final Spans.Ended step;
  private final Source source;
  private final SpanContext place;
  private final SpanContext parent;

  EndedSpan(Spans.Ended step, Source source) {
    this.step = step;
    this.source = source;
    this.place = own(step.place());
    this.parent = step.parent() == null ? SpanContext.getInvalid() : others(step.parent());
  }

  private static SpanContext own(TraceParent place) {
    return SpanContext.create(
        place.traceId(), place.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
  }

  private static SpanContext others(TraceParent place) {
    return SpanContext.createFromRemoteParent(
        place.traceId(), place.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
  }

  @Override
  public SpanData toSpanData() {
    return this;
  }

  @Override
  public SpanContext getSpanContext() {
    return place;
  }

  @Override
  public SpanContext getParentSpanContext() {
    return parent;
  }

  @Override
  public String getName() {
    return step.name();
  }

  @Override
  public SpanKind getKind() {
    return step.kind();
  }

  @Override
  public StatusData getStatus() {
    String error = step.error();
    return error == null ? StatusData.unset() : StatusData.create(StatusCode.ERROR, error);
  }

  @Override
  public long getStartEpochNanos() {
    return nanos(step.began());
  }

  @Override
  public long getEndEpochNanos() {
    return nanos(step.ended());
  }

  @Override
  public long getLatencyNanos() {
    return getEndEpochNanos() - getStartEpochNanos();
  }

  private static long nanos(Instant at) {
    return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
  }

  @Override
  public boolean hasEnded() {
    return true;
  }

  @Override
  public Attributes getAttributes() {
    return step.attributes();
  }

  @Override
  public <T> @Nullable T getAttribute(AttributeKey<T> key) {
    return step.attributes().get(key);
  }

  @Override
  public int getTotalAttributeCount() {
    return step.attributes().size();
  }

  @Override
  public List<EventData> getEvents() {
    return List.of();
  }

  @Override
  public int getTotalRecordedEvents() {
    return 0;
  }

  @Override
  public List<LinkData> getLinks() {
    return List.of();
  }

  @Override
  public int getTotalRecordedLinks() {
    return 0;
  }

  @Override
  public Resource getResource() {
    return source.resource();
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return source.scope();
  }

  /** What the scope was called before; nobody asks, and it cannot be left out. */
  @Override
  @Deprecated
  @SuppressWarnings("deprecation")
  public InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
    return InstrumentationLibraryInfo.create(source.scope().getName(), source.scope().getVersion());
  }
}
