package io.bailiwick.watch;

import io.bailiwick.flow.Crm;
import io.bailiwick.flow.Signals;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Creation;
import io.bailiwick.lead.CrmCapabilities;
import io.bailiwick.lead.CrmGate;
import io.bailiwick.lead.CrmInspection;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.TerritoryMembers;
import io.bailiwick.lead.TraceParent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Figures of the CRM: its calls by what they came to, attempts by outcome, and the gate. */
final class CrmMetrics implements Signals {

  private static final String FAILED = "failed";

  /** A call for several records that did not come to the same for all. */
  private static final String MIXED = "mixed";

  private static final ClassValue<String> WORDS =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> value) {
          return value
              .getSimpleName()
              .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
              .toLowerCase(Locale.ROOT);
        }
      };

  private final Map<String, Counter> calls = new HashMap<>();
  private final Map<String, Timer> times = new HashMap<>();
  private final Map<String, Counter> sends = new HashMap<>();
  private final Counter holds;
  private volatile Supplier<CrmGate> gate = () -> CrmGate.NONE;
  private volatile int inFlight;
  private volatile int most;
  private volatile boolean paused;
  private volatile Instant heldUntil = Instant.EPOCH;

  CrmMetrics(Meters meters, InstantSource clock) {
    calls(meters, "assign", Stream.concat(words(Outcome.class), Stream.of(MIXED)));
    calls(meters, "remove", words(Outcome.class));
    calls(meters, "create", Stream.concat(Stream.of("named"), words(Outcome.class)));
    calls(meters, "read", Stream.concat(words(RecordState.class), Stream.of(MIXED)));
    calls(meters, "territories", Stream.of("complete", FAILED));
    calls(meters, "members", Stream.of("told", "untold", "failed"));
    calls(meters, "inspect", Stream.of("done"));
    words(Outcome.class)
        .forEach(
            outcome ->
                sends.put(
                    outcome,
                    meters.counter(
                        "bailiwick.sends",
                        "Attempts to assign a lead, by outcome.",
                        "outcome",
                        outcome)));
    meters.gauge(
        "bailiwick.crm.gate.limit",
        "Calls to the CRM that the gate lets through at a time now.",
        () -> gate.get().limit());
    meters.gauge(
        "bailiwick.crm.gate.waiting",
        "Calls to the CRM that wait at the gate.",
        () -> gate.get().waiting());
    meters.gauge(
        "bailiwick.crm.credits",
        "What the calls of the last 24 hours cost, in the CRM's credits.",
        () -> gate.get().credits());
    holds = meters.counter("bailiwick.crm.holds", "Times that sending was held for all leads.");
    meters.gauge("bailiwick.crm.in.flight", "Calls on their way to the CRM.", () -> inFlight);
    meters.gauge("bailiwick.crm.in.flight.limit", "The most that may be.", () -> most);
    meters.gauge(
        "bailiwick.crm.paused", "1 while people have paused sending.", () -> paused ? 1 : 0);
    meters.gauge(
        "bailiwick.crm.held",
        "1 while the gate is shut: nothing is sent to the CRM.",
        () -> clock.instant().isBefore(heldUntil) ? 1 : 0);
  }

  @Override
  public void tell(Signal signal) {
    if (signal instanceof Signal.Attempted attempted) {
      count(sends, word(attempted.outcome().getClass()));
    } else if (signal instanceof Signal.InFlight now) {
      inFlight = now.calls();
      most = now.most();
    } else if (signal instanceof Signal.SendingHeld held) {
      holds.increment();
      heldUntil = held.until();
    } else if (signal instanceof Signal.SendingPaused) {
      paused = true;
    } else if (signal instanceof Signal.SendingResumed) {
      paused = false;
    }
  }

  /** The same CRM, each of its calls counted and timed. */
  Crm measured(Crm crm) {
    gate = crm::gate;
    return new Measured(crm);
  }

  private final class Measured implements Crm {
    private final Crm crm;

    Measured(Crm crm) {
      this.crm = crm;
    }

    @Override
    public CrmGate gate() {
      return crm.gate();
    }

    @Override
    public CrmCapabilities capabilities() {
      return crm.capabilities();
    }

    @Override
    public CompletionStage<List<Outcome>> assign(List<Assignment> together) {
      return timed("assign", crm.assign(together), CrmMetrics::common);
    }

    @Override
    public CompletionStage<Creation> create(Lead lead, @Nullable TraceParent trace) {
      return timed("create", crm.create(lead, trace), CrmMetrics::word);
    }

    @Override
    public CompletionStage<Outcome> remove(Assignment assignment) {
      return timed("remove", crm.remove(assignment), outcome -> word(outcome.getClass()));
    }

    @Override
    public CompletionStage<List<RecordState>> read(String module, List<String> crmIds) {
      return timed("read", crm.read(module, crmIds), CrmMetrics::common);
    }

    @Override
    public CompletionStage<TerritoryAnswer> territories() {
      return timed("territories", crm.territories(), answer -> word(answer.getClass()));
    }

    @Override
    public CompletionStage<TerritoryMembers> members(String territory) {
      return timed("members", crm.members(territory), answer -> word(answer.getClass()));
    }

    @Override
    public CompletionStage<CrmInspection> inspect() {
      return timed("inspect", crm.inspect(), seen -> "done");
    }
  }

  private <T> CompletionStage<T> timed(
      String call, CompletionStage<T> under, Function<T, String> outcome) {
    long began = System.nanoTime();
    return under.whenComplete(
        (answer, failure) -> {
          Timer timer = Objects.requireNonNull(times.get(call));
          timer.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
          count(calls, call + " " + (failure == null ? outcome.apply(answer) : FAILED));
        });
  }

  private void calls(Meters meters, String call, Stream<String> outcomes) {
    times.put(call, meters.timer("bailiwick.crm.call", "Calls to the CRM, by kind.", "call", call));
    Stream.concat(outcomes, Stream.of(FAILED))
        .distinct()
        .forEach(
            outcome ->
                calls.put(
                    call + " " + outcome,
                    meters.counter(
                        "bailiwick.crm.calls",
                        "Calls to the CRM, by kind and what they came to.",
                        "call",
                        call,
                        "outcome",
                        outcome)));
  }

  private static String word(Creation creation) {
    return creation instanceof Creation.Failed failed
        ? word(failed.outcome().getClass())
        : word(creation.getClass());
  }

  private static String common(List<?> answers) {
    List<String> words = answers.stream().map(one -> word(one.getClass())).distinct().toList();
    return words.size() == 1 ? words.get(0) : MIXED;
  }

  private static void count(Map<String, Counter> counters, String name) {
    Objects.requireNonNull(counters.get(name), name).increment();
  }

  /** The values of a closed type, as labels. */
  private static Stream<String> words(Class<?> closed) {
    return Arrays.stream(closed.getPermittedSubclasses()).map(CrmMetrics::word);
  }

  /** TerritoryInvalid is territory_invalid. */
  static String word(Class<?> value) {
    return WORDS.get(value);
  }
}
