package io.bailiwick.watch.trace;

import io.bailiwick.flow.Signals;
import io.bailiwick.lead.Decision;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.Receipt;
import io.bailiwick.lead.TraceParent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The trace of a lead: request, lead, decision, attempt, each the child of the one before. A
 * request that came with {@code traceparent} is part of its sender's trace; what a lead holds never
 * becomes part of a span. Any thread may call.
 */
public final class Traces implements Signals, AutoCloseable {

  private static final String LEAD_ID = "bailiwick.lead.id";

  /**
   * Where spans go, and of how many traces.
   *
   * @param endpoint of a collector, {@code http://localhost:4318}
   * @param share of the traces that begin here, from 0 to 1; those that come sampled are recorded
   */
  public record Settings(URI endpoint, double share) {}

  /** A request with leads, from its arrival to its answer. */
  public final class Arrival {
    private final @Nullable TraceParent parent;
    private final @Nullable TraceParent place;
    private final Instant began = clock.instant();

    private Arrival(@Nullable TraceParent parent, @Nullable TraceParent place) {
      this.parent = parent;
      this.place = place;
    }

    /** The place in a trace that its leads come from; null where it is in none. */
    public @Nullable TraceParent place() {
      return place;
    }

    /** It was answered. */
    public void answered(int status) {
      var attributes =
          Attributes.builder()
              .put("http.request.method", "POST")
              .put("http.route", "/v1/leads")
              .put("http.response.status_code", (long) status);
      add(
          new Step("POST /v1/leads", SpanKind.SERVER, parent, place, began),
          clock.instant(),
          attributes,
          status >= 500 ? "answered " + status : null);
    }
  }

  private record Step(
      String name,
      SpanKind kind,
      @Nullable TraceParent parent,
      @Nullable TraceParent place,
      Instant began) {}

  private final @Nullable Spans spans;
  private final double share;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** Without settings no span is made. {@code random} must bear any thread. */
  public Traces(
      @Nullable Settings settings, String version, InstantSource clock, RandomGenerator random) {
    this.spans = settings == null ? null : new Spans(settings.endpoint(), version);
    this.share = settings == null ? 0 : settings.share();
    this.clock = clock;
    this.random = random;
  }

  /** A request with leads came, with this header or without. */
  public Arrival arrived(@Nullable String traceparent) {
    TraceParent sender = TraceParent.parse(traceparent);
    if (spans == null) {
      return new Arrival(null, sender);
    }
    // Two numbers of zero would be no ids; the lowest bit keeps them from it.
    String span = hex(random.nextLong() | 1);
    TraceParent place =
        sender == null
            ? new TraceParent(
                hex(random.nextLong()) + hex(random.nextLong() | 1),
                span,
                random.nextDouble() < share)
            : new TraceParent(sender.traceId(), span, sender.sampled());
    return new Arrival(sender, place);
  }

  @Override
  public void tell(Signal signal) {
    if (spans == null) {
      return;
    }
    if (signal instanceof Signal.Accepted accepted) {
      accepted(accepted.entry());
    } else if (signal instanceof Signal.Moved moved) {
      decided(moved.move());
    } else if (signal instanceof Signal.Attempted attempted) {
      attempted(attempted);
    }
  }

  /** Sends what is left; blocks until done. */
  @Override
  public void close() {
    if (spans != null) {
      spans.close();
    }
  }

  private void accepted(Entry entry) {
    TraceParent trace = entry.trace();
    if (trace != null) {
      var step =
          new Step("lead", SpanKind.INTERNAL, trace, trace.ofLead(entry.id()), entry.acceptedAt());
      add(step, clock.instant(), of(entry).put("bailiwick.revision", entry.revision()), null);
    }
  }

  private void decided(Move move) {
    Entry after = move.after();
    Decision decision = after.decision();
    TraceParent trace = after.trace();
    if (trace == null || decision == null || decision.equals(move.before().decision())) {
      return;
    }
    Receipt receipt = decision.receipt();
    AttributesBuilder attributes =
        of(after)
            .put("bailiwick.action", decision.action().name().toLowerCase(Locale.ROOT))
            .put("bailiwick.rulebook", receipt.rulebook());
    if (decision.reason() != null) {
      attributes.put("bailiwick.reason", decision.reason().word());
    }
    put(attributes, "bailiwick.blocker", decision.blocker());
    put(attributes, "bailiwick.rule", receipt.winner() == null ? null : receipt.winner().rule());
    put(
        attributes,
        "bailiwick.territory",
        decision.territory() == null ? null : decision.territory().name());
    var step =
        new Step(
            "decide",
            SpanKind.INTERNAL,
            trace.ofLead(after.id()),
            trace.ofDecision(after),
            receipt.decidedAt());
    add(step, after.changedAt(), attributes, null);
  }

  private void attempted(Signal.Attempted attempted) {
    Entry sent = attempted.sent();
    TraceParent trace = sent.trace();
    if (trace == null) {
      return;
    }
    Instant now = clock.instant();
    Outcome outcome = attempted.outcome();
    boolean done = outcome instanceof Outcome.Done;
    var step =
        new Step(
            "attempt",
            SpanKind.CLIENT,
            trace.ofDecision(sent),
            trace.ofAttempt(sent),
            now.minus(attempted.took()));
    AttributesBuilder attributes =
        of(sent)
            .put("bailiwick.outcome", outcome.getClass().getSimpleName())
            .put("bailiwick.attempt", sent.attempts().spent() + 1L);
    add(step, now, attributes, done ? null : outcome.detail());
  }

  private void add(Step step, Instant ended, AttributesBuilder attributes, @Nullable String error) {
    TraceParent place = step.place();
    if (spans != null && place != null && place.sampled()) {
      spans.add(
          new Spans.Ended(
              step.name(),
              step.kind(),
              step.parent(),
              place,
              step.began(),
              ended.isBefore(step.began()) ? step.began() : ended,
              attributes.build(),
              error));
    }
  }

  private static AttributesBuilder of(Entry entry) {
    return Attributes.builder().put(AttributeKey.stringKey(LEAD_ID), entry.id());
  }

  private static void put(AttributesBuilder attributes, String name, @Nullable String value) {
    if (value != null) {
      attributes.put(name, value);
    }
  }

  private static String hex(long number) {
    return HexFormat.of().toHexDigits(number);
  }
}
