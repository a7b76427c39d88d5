package io.bailiwick.flow;

import io.bailiwick.flow.Desk.Hand;
import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Forgets persons when somebody asks. A record goes with all its revisions; one that waits is never
 * sent any more; one of which a revision is being sent is left until its outcome is known. Any
 * thread may call; answers come on the flow's thread.
 */
public final class Eraser {

  /** The most leads that are erased in one commit. */
  static final int BATCH = 500;

  private static final Duration SETTLE_AGAIN = Duration.ofMillis(200);
  private static final int SETTLE_TRIES = 25;

  /** How often leads that were moved at that very moment are looked at again. */
  private static final int ROUNDS = 3;

  /**
   * What came of it.
   *
   * @param found leads that were there to erase, each revision one
   * @param erased how many of them are erased
   * @param beingSent those whose outcome must be known first; their records are left as they are
   * @param gone whether nothing of what was erased is in the journal's files any more; where it is
   *     not, somebody reads an older state, and it is tried again until it is
   */
  public record Answer(int found, int erased, List<String> beingSent, boolean gone) {

    public Answer {
      beingSent = List.copyOf(beingSent);
    }
  }

  private final Ports ports;

  Eraser(Ports ports) {
    this.ports = ports;
  }

  /** Erases the record that this lead is of; found is 0 where there is no lead of that id. */
  public CompletionStage<Answer> erase(String id, Hand hand) {
    return ports
        .timers()
        .turn()
        .thenCompose(now -> ports.journal().erasures().recordOf(id))
        .thenComposeAsync(all -> erase(all, hand, 0), ports.timers());
  }

  /** What erasing all records of this e-mail address would find now. */
  public CompletionStage<Answer> count(String email) {
    return ports
        .timers()
        .turn()
        .thenCompose(now -> ports.journal().erasures().recordsOf(email))
        .thenApplyAsync(
            all -> new Answer(all.size(), 0, ids(beingSent(all)), false), ports.timers());
  }

  /** Erases all records of which a revision has this e-mail address, in lower case. */
  public CompletionStage<Answer> eraseAll(String email, Hand hand) {
    return ports
        .timers()
        .turn()
        .thenCompose(now -> ports.journal().erasures().recordsOf(email))
        .thenComposeAsync(all -> erase(all, hand, 0), ports.timers());
  }

  private CompletionStage<Answer> erase(List<Entry> all, Hand hand, int round) {
    Set<String> sent = beingSent(all).stream().map(Entry::line).collect(Collectors.toSet());
    List<Move> moves = new ArrayList<>();
    for (Entry entry : all) {
      if (entry.stage() != Stage.ERASED && !sent.contains(entry.line())) {
        moves.add(move(entry, hand.told("erased"), ports.timers().now()));
      }
    }
    return erase(ports, moves)
        .thenComposeAsync(
            erased -> {
              int missed = moves.size() - erased.size();
              if (missed > 0 && round < ROUNDS) {
                return again(moves, erased, hand, round);
              }
              return told(all, erased, hand);
            },
            ports.timers());
  }

  /** Some were moved at this very moment: as they are now, they are to be erased, too. */
  private CompletionStage<Answer> again(List<Move> moves, List<Move> erased, Hand hand, int round) {
    Set<String> done = erased.stream().map(move -> move.after().id()).collect(Collectors.toSet());
    CompletionStage<List<Entry>> now = CompletableFuture.completedFuture(new ArrayList<>());
    for (Move move : moves) {
      if (!done.contains(move.after().id())) {
        now =
            now.thenCombine(
                ports.journal().find(move.after().id()),
                (all, found) -> {
                  found.ifPresent(all::add);
                  return all;
                });
      }
    }
    return now.thenComposeAsync(left -> erase(left, hand, round + 1), ports.timers())
        .thenApply(
            rest ->
                new Answer(
                    erased.size() + rest.found(),
                    erased.size() + rest.erased(),
                    rest.beingSent(),
                    rest.gone()));
  }

  private CompletionStage<Answer> told(List<Entry> all, List<Move> erased, Hand hand) {
    erased.forEach(move -> ports.signals().tell(new Signal.Moved(move)));
    if (!erased.isEmpty()) {
      ports.signals().tell(new Signal.Erased(erased.size(), Signal.Erased.Cause.ASKED, hand.who()));
    }
    return settled(ports, SETTLE_TRIES)
        .thenApply(gone -> new Answer(all.size(), erased.size(), ids(beingSent(all)), gone));
  }

  private static List<Entry> beingSent(List<Entry> all) {
    return all.stream().filter(entry -> entry.stage() == Stage.SENDING).toList();
  }

  private static List<String> ids(List<Entry> entries) {
    return entries.stream().map(Entry::id).toList();
  }

  static Move move(Entry entry, String note, Instant now) {
    return new Move(entry, entry.erased(now), note);
  }

  /** Writes the moves, so many in a commit; answers those that were applied. */
  static CompletionStage<List<Move>> erase(Ports ports, List<Move> moves) {
    CompletionStage<List<Move>> done = CompletableFuture.completedFuture(new ArrayList<>());
    for (int from = 0; from < moves.size(); from += BATCH) {
      List<Move> batch = moves.subList(from, Math.min(moves.size(), from + BATCH));
      done =
          done.thenCompose(
              applied ->
                  ports
                      .journal()
                      .erasures()
                      .erase(batch)
                      .thenApply(recorded -> with(applied, batch, recorded)));
    }
    return done;
  }

  private static List<Move> with(List<Move> applied, List<Move> batch, List<Recorded> recorded) {
    for (int i = 0; i < batch.size(); i++) {
      if (recorded.get(i).applied()) {
        applied.add(batch.get(i));
      }
    }
    return applied;
  }

  /**
   * Whether the files are rid of it, after so many tries; where they are not, it goes on trying
   * without anybody waiting for it.
   */
  static CompletionStage<Boolean> settled(Ports ports, int tries) {
    var answer = new CompletableFuture<Boolean>();
    settle(ports, tries, answer);
    return answer;
  }

  private static void settle(Ports ports, int tries, CompletableFuture<Boolean> answer) {
    ports
        .journal()
        .erasures()
        .settle()
        .whenCompleteAsync(
            (gone, failure) -> {
              if (failure != null) {
                answer.completeExceptionally(failure);
              } else if (gone) {
                answer.complete(true);
              } else {
                if (tries == 0) {
                  answer.complete(false);
                }
                Duration wait = tries > 0 ? SETTLE_AGAIN : SETTLE_AGAIN.multipliedBy(SETTLE_TRIES);
                ports.timers().after(wait, () -> settle(ports, Math.max(-1, tries - 1), answer));
              }
            },
            ports.timers());
  }
}
