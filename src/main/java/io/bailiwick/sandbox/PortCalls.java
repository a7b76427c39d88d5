package io.bailiwick.sandbox;

import io.bailiwick.flow.Timers;
import io.bailiwick.lead.Nullable;
import io.bailiwick.sandbox.SandboxModel.Turn;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Carries one call of the port face to the model and back, through the faults and the deadline. */
final class PortCalls {

  /** What the model answered, with the status the HTTP face would give it. */
  record Served<T>(int status, T value) {}

  /** What the caller hears. */
  sealed interface Heard<T> {

    /** The same of another value. */
    default <R> Heard<R> map(Function<T, R> other) {
      if (this instanceof Got<T> got) {
        return new Got<>(other.apply(got.value()));
      }
      return this instanceof Refused<T> refused
          ? new Refused<>(refused.status(), refused.retryAfter())
          : new Lost<>(((Lost<T>) this).why());
    }

    /** The model's answer. */
    record Got<T>(T value) implements Heard<T> {}

    /** An error status instead; not applied. */
    record Refused<T>(int status, @Nullable Integer retryAfter) implements Heard<T> {}

    /** No answer, or none that can be used; applied or not. */
    record Lost<T>(String why) implements Heard<T> {}
  }

  private final SandboxModel model;
  private final Timers timers;
  private final Duration deadline;

  PortCalls(SandboxModel model, Timers timers, Duration deadline) {
    this.model = model;
    this.timers = timers;
    this.deadline = deadline;
  }

  /** Never fails; a call that outlives the deadline is still applied, as over a network. */
  <T> CompletionStage<Heard<T>> call(String method, String path, Supplier<Served<T>> apply) {
    var answer = new CompletableFuture<Heard<T>>();
    Timers.Cancel limit =
        timers.after(
            deadline, () -> answer.complete(new Heard.Lost<>("no answer within the deadline")));
    Turn turn = model.open(method, path);
    after(turn.effect().delay(), () -> proceed(turn, apply, answer));
    return answer.whenComplete((heard, none) -> limit.cancel());
  }

  private <T> void proceed(
      Turn turn, Supplier<Served<T>> apply, CompletableFuture<Heard<T>> answer) {
    Effect effect = turn.effect();
    switch (effect.ending()) {
      case RESET -> {
        model.close(turn, CallLog.CUT);
        answer.complete(new Heard.Lost<>("the connection was closed"));
      }
      case STATUS -> {
        model.close(turn, effect.status());
        answer.complete(new Heard.Refused<>(effect.status(), effect.retryAfter()));
      }
      case GARBAGE -> {
        model.close(turn, 200);
        answer.complete(new Heard.Lost<>("a page instead of an answer"));
      }
      case ANSWER, LOST -> {
        ApiAnswer refusal = model.admit(turn);
        if (refusal != null) {
          model.close(turn, refusal.status());
          Long wait = refusal.retryAfter();
          answer.complete(
              new Heard.Refused<>(refusal.status(), wait == null ? null : wait.intValue()));
          return;
        }
        Served<T> served = apply.get();
        after(effect.late(), () -> tell(turn, served, answer));
      }
    }
  }

  private <T> void tell(Turn turn, Served<T> served, CompletableFuture<Heard<T>> answer) {
    boolean lost = turn.effect().ending() == Effect.Ending.LOST;
    model.close(turn, lost ? CallLog.CUT : served.status());
    answer.complete(
        lost ? new Heard.Lost<>("the connection was closed") : new Heard.Got<>(served.value()));
  }

  private void after(Duration delay, Runnable task) {
    if (delay.isZero()) {
      timers.execute(task);
    } else {
      timers.after(delay, task);
    }
  }
}
