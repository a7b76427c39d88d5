package io.bailiwick.flow;

import io.bailiwick.flow.Journal.Succession;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.lead.TerritorySnapshot;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The one rulebook that serves, and its replacement: journal first, then the swap, then the waiting
 * leads that rules can move. One publication at a time, in the order in which they were asked for.
 * All calls on the flow's thread, but for {@link #now}.
 */
final class ServingVersion {

  /** What serves, and since which publication. */
  record Now(Rulebook rulebook, Publication publication) {}

  /** A version that is to serve; {@code taken} as {@link Journal#keepVersion} has it. */
  record Next(RuleVersion version, Rulebook rulebook, Publication.How how, Reason reason) {}

  /** Who wanted it and why, and the state of {@code rules/} that is dealt with by it. */
  record Reason(@Nullable String who, @Nullable String note, @Nullable String taken) {}

  /** Another version was published than the one that this one was to follow. */
  static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overtaken() {
      super("another version was published meanwhile");
    }

    /** Whether a stage failed for that. */
    static boolean is(@Nullable Throwable failure) {
      return failure instanceof Overtaken
          || (failure instanceof CompletionException && failure.getCause() instanceof Overtaken);
    }

    /** What whoever wished for it is answered. */
    static PublishAnswer answer(@Nullable Publication publication, @Nullable Throwable failure) {
      if (publication != null) {
        return new PublishAnswer.Serves(publication);
      }
      if (is(failure)) {
        return new PublishAnswer.Overtaken();
      }
      throw new CompletionException(failure);
    }
  }

  /** As many as a batch of the dispatcher, so that every judging thread has its share. */
  private static final List<Lead> WARM_UP =
      Collections.nCopies(DispatchSettings.DEFAULT.batch(), new LeadForm().lead());

  private final Ports ports;
  private final Rulebooks rulebooks;
  private volatile @Nullable Now now;
  private int abandoned;
  private Runnable due = () -> {};
  private Runnable swapped = () -> {};
  private Runnable overtaken = () -> {};
  private Supplier<Optional<TerritorySnapshot>> territories = Optional::empty;
  private CompletionStage<?> turn = CompletableFuture.completedStage(null);

  ServingVersion(Ports ports, Rulebooks rulebooks) {
    this.ports = ports;
    this.rulebooks = rulebooks;
  }

  /** Judges beside these territories from now on; {@code woken} is run when leads became due. */
  void attach(Supplier<Optional<TerritorySnapshot>> current, Runnable woken) {
    territories = current;
    due = woken;
  }

  /**
   * This is run when the journal named another version than the one a publication was to follow.
   */
  void whenOvertaken(Runnable then) {
    overtaken = then;
  }

  /** This is run after each swap, before the version that served is retired. */
  void whenSwapped(Runnable then) {
    swapped = then;
  }

  /** The territories that leads are judged beside; empty before the first reading. */
  Optional<TerritorySnapshot> territories() {
    return territories.get();
  }

  /** The rulebook that serves; null before the start. */
  @Nullable
  Rulebook rulebook() {
    Now serves = now;
    return serves == null ? null : serves.rulebook();
  }

  /** What serves; any thread may ask, but only after the start. */
  Now now() {
    Now serves = now;
    if (serves == null) {
      throw new IllegalStateException("no rulebook serves before the start");
    }
    return serves;
  }

  /** A judgement by that rulebook was abandoned; answers how many were, if it is the one. */
  int abandoned(String hash) {
    if (!now().rulebook().hash().equals(hash)) {
      return 0;
    }
    return ++abandoned;
  }

  /** The first one of this process, which the journal names already. */
  void begin(Rulebook rulebook, Publication publication) {
    serve(rulebook, publication);
    ports.signals().tell(new Signal.Serving(publication));
    wake();
  }

  /** The first one of this process, to follow that one; it is retired where the stage fails. */
  CompletionStage<Publication> first(Next next, @Nullable Publication last) {
    return inTurn(() -> publish(next, last, () -> false))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                rulebooks.retire(next.rulebook());
              }
            });
  }

  /**
   * Makes it serve. Where the stage fails, nothing is swapped and the rulebook is still the
   * caller's; whether the journal names it is then not known, unless another was published
   * meanwhile: then it fails with {@link Overtaken}.
   */
  CompletionStage<Publication> publish(Next next) {
    return publish(next, () -> false);
  }

  /** The same, unless it is unwanted when its turn comes: then the stage fails, too. */
  CompletionStage<Publication> publish(Next next, BooleanSupplier unwanted) {
    return inTurn(() -> publish(next, now().publication(), unwanted));
  }

  private CompletionStage<Publication> publish(
      Next next, @Nullable Publication last, BooleanSupplier unwanted) {
    return warm(next.rulebook())
        .thenComposeAsync(
            warmed -> unwanted.getAsBoolean() ? withdrawn() : journaled(next, last), ports.timers())
        .thenApplyAsync(publication -> swap(next.rulebook(), publication), ports.timers());
  }

  private static CompletionStage<Publication> withdrawn() {
    return CompletableFuture.failedStage(new CancellationException("nobody wants it any more"));
  }

  /** Runs a step when those before it have ended, however they did. */
  <T> CompletionStage<T> inTurn(Supplier<CompletionStage<T>> step) {
    CompletionStage<T> mine =
        turn.handleAsync((done, failure) -> step.get(), ports.timers()).thenCompose(then -> then);
    turn = mine.handle((done, failure) -> null);
    return mine;
  }

  /** Ends what serves; blocks until the leads under way are decided. */
  void close() {
    Now last = now;
    if (last != null) {
      last.rulebook().close();
    }
  }

  /** So that the first leads do not wait while sessions take in the territories. */
  private CompletionStage<?> warm(Rulebook rulebook) {
    Optional<TerritorySnapshot> snapshot = territories.get();
    return snapshot.isEmpty()
        ? CompletableFuture.completedStage(null)
        : rulebook.decide(WARM_UP, snapshot.get(), ports.timers().now());
  }

  private CompletionStage<Publication> journaled(Next next, @Nullable Publication last) {
    Reason reason = next.reason();
    var publication =
        new Publication(
            next.version().hash(), ports.timers().now(), next.how(), reason.who(), reason.note());
    return ports
        .journal()
        .keepVersion(next.version(), new Succession(publication, last), reason.taken())
        .thenApplyAsync(
            kept -> {
              if (!kept) {
                overtaken.run();
                throw new Overtaken();
              }
              return publication;
            },
            ports.timers());
  }

  /** Another instance published it, and the journal names it already; in turn. */
  CompletionStage<Void> follow(Rulebook rulebook, Publication publication) {
    if (now().rulebook() == rulebook) {
      now = new Now(rulebook, publication);
      return CompletableFuture.completedStage(null);
    }
    return warm(rulebook).thenRunAsync(() -> swap(rulebook, publication), ports.timers());
  }

  private Publication swap(Rulebook rulebook, Publication publication) {
    Now before = now;
    serve(rulebook, publication);
    abandoned = 0;
    ports.signals().tell(new Signal.Published(publication));
    swapped.run();
    if (before != null) {
      rulebooks.retire(before.rulebook());
    }
    wake();
    return publication;
  }

  private void serve(Rulebook rulebook, Publication publication) {
    now = new Now(rulebook, publication);
    ports.journal().sharing().serving(rulebook.hash());
  }

  private void wake() {
    Timers timers = ports.timers();
    new Insistence(ports)
        .on(
            "leads that wait for other rules were not woken",
            () -> ports.journal().wakeForRules(timers.now(), () -> timers.execute(() -> due.run())),
            woken -> {
              if (woken > 0) {
                ports.signals().tell(new Signal.RulesWoke(woken));
              }
              due.run();
            });
  }
}
