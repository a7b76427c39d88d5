package io.bailiwick.watch.trace;

import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TraceParent;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Sends finished spans in batches, from a thread of its own; when it is full, spans are dropped.
 */
final class Spans implements AutoCloseable {

  private static final Duration LONGEST_EXPORT = Duration.ofSeconds(10);

  private static final String PATH = "/v1/traces";

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * A span that has ended.
   *
   * @param parent null for the first of a trace
   * @param error what went wrong, null where nothing did
   */
  record Ended(
      String name,
      SpanKind kind,
      @Nullable TraceParent parent,
      TraceParent place,
      Instant began,
      Instant ended,
      Attributes attributes,
      @Nullable String error) {}

  private final SpanProcessor processor;
  private final EndedSpan.Source source;

  /** {@code endpoint} is the collector's, with or without the protocol's own path. */
  Spans(URI endpoint, String version) {
    ExportLog.install();
    String base = endpoint.toString().replaceAll("/+$", "");
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(base.endsWith(PATH) ? base : base + PATH)
            .setCompression(compression(endpoint))
            .setTimeout(LONGEST_EXPORT)
            .build();
    processor =
        BatchSpanProcessor.builder(exporter).setScheduleDelay(Duration.ofSeconds(1)).build();
    source = EndedSpan.Source.of(version);
  }

  /** To pack them takes more than to make them, and on this machine there is nothing to save. */
  static String compression(URI endpoint) {
    String host = String.valueOf(endpoint.getHost());
    return LOOPBACK.contains(host) ? "none" : "gzip";
  }

  void add(Ended span) {
    processor.onEnd(new EndedSpan(span, source));
  }

  /** Sends what is left; blocks until done, or until it takes too long. */
  @Override
  public void close() {
    processor.shutdown().join(LONGEST_EXPORT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
