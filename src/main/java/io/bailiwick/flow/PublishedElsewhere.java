package io.bailiwick.flow;

import io.bailiwick.flow.Rulebooks.Compilation;
import io.bailiwick.flow.Rulebooks.Compilation.Compiled;
import io.bailiwick.flow.ServingVersion.Now;
import io.bailiwick.flow.Sharing.Topic;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Publication;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets that version serve here which another instance published last: the journal's log is one for
 * all, and its last line serves. It was proved there; here it is only compiled. On the flow's
 * thread.
 */
final class PublishedElsewhere {

  private final Ports ports;
  private final Trial trial;
  private final ServingVersion serving;
  private final RulesFolder folder;
  private final Runnable followed;
  private boolean looking;
  private @Nullable String failed;

  /** {@code followed} is run when another version serves here than before. */
  PublishedElsewhere(
      Ports ports, Trial trial, ServingVersion serving, RulesFolder folder, Runnable followed) {
    this.ports = ports;
    this.trial = trial;
    this.serving = serving;
    this.folder = folder;
    this.followed = followed;
  }

  void start() {
    ports
        .journal()
        .sharing()
        .listen(
            topic -> {
              if (topic == Topic.RULES) {
                ports.timers().execute(this::look);
              }
            });
  }

  /** Follows what was published last, if that does not serve here; not before the start. */
  void look() {
    if (looking || serving.rulebook() == null) {
      return;
    }
    looking = true;
    serving
        .inTurn(this::follow)
        .whenCompleteAsync(
            (followed, failure) -> {
              looking = false;
              if (failure != null) {
                String what = "the rules that another instance published do not serve here yet";
                ports.signals().tell(new Signal.Trouble(what, failure));
              }
            },
            ports.timers());
  }

  private CompletionStage<Void> follow() {
    return ports
        .journal()
        .publications(1)
        .thenComposeAsync(
            log ->
                log.isEmpty() || log.get(0).equals(serving.now().publication())
                    ? nothing()
                    : follow(log.get(0)),
            ports.timers());
  }

  private CompletionStage<Void> follow(Publication last) {
    Now now = serving.now();
    if (now.publication().hash().equals(last.hash())) {
      return serving.follow(now.rulebook(), last);
    }
    return ports
        .journal()
        .version(last.hash())
        .thenCompose(
            kept ->
                kept.isEmpty() || last.hash().equals(failed)
                    ? CompletableFuture.completedStage(Optional.<Compilation>empty())
                    : trial.compile(kept.get()).thenApply(Optional::of))
        .thenCombineAsync(
            ports.journal().taken(),
            (compiled, taken) ->
                compiled.isEmpty() ? nothing() : serve(last, compiled.get(), taken.orElse(null)),
            ports.timers())
        .thenCompose(served -> served);
  }

  /** One that does not compile with this Bailiwick is told once; what served goes on here. */
  private CompletionStage<Void> serve(
      Publication last, Compilation compiled, @Nullable String taken) {
    if (compiled instanceof Compiled ready) {
      failed = null;
      folder.dealtWith(taken);
      return serving.follow(ready.rulebook(), last).thenRunAsync(followed, ports.timers());
    }
    failed = last.hash();
    String what = "the rules that another instance published do not compile with this Bailiwick";
    ports.signals().tell(new Signal.Trouble(what, new IllegalStateException(last.hash())));
    return nothing();
  }

  private static CompletionStage<Void> nothing() {
    return CompletableFuture.completedStage(null);
  }
}
