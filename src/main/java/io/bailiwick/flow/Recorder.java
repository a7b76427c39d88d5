package io.bailiwick.flow;

import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.flow.Signals.Signal;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Receipt.RuleHit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes moves and tells of them once they are durable. Where the journal fails, the leads are
 * given back as they were and become due again; where another moved a lead first, the move is
 * dropped. A lead that came out of its stage while a newer revision waits gives way to it here.
 */
final class Recorder {

  private final Ports ports;
  private final Runnable recorded;

  /** {@code recorded} is run after each write, however it ended: there may be room, and work. */
  Recorder(Ports ports, Runnable recorded) {
    this.ports = ports;
    this.recorded = recorded;
  }

  void record(List<Move> moves) {
    record(moves, applied -> {});
  }

  /** Hands those moves that were written to {@code then}; none where the journal failed. */
  void record(List<Move> moves, Consumer<List<Move>> then) {
    if (moves.isEmpty()) {
      return;
    }
    ports
        .journal()
        .record(moves)
        .whenCompleteAsync(
            (answers, failure) -> {
              if (failure == null) {
                then.accept(applied(moves, answers));
              } else {
                failed(moves, failure);
                then.accept(List.of());
              }
              recorded.run();
            },
            ports.timers());
  }

  private List<Move> applied(List<Move> moves, List<Recorded> answers) {
    List<Move> applied = new ArrayList<>(moves.size());
    List<Move> givingWay = new ArrayList<>();
    for (int i = 0; i < moves.size(); i++) {
      Move move = moves.get(i);
      String newer = answers.get(i).newer();
      if (answers.get(i).applied()) {
        applied.add(move);
        ports.signals().tell(new Signal.Moved(move));
        tellOverdue(move);
        if (newer != null && givesWay(move.after())) {
          givingWay.add(Notes.superseded(move.after(), newer, ports.timers().now()));
        }
      }
    }
    record(givingWay);
    return applied;
  }

  /** Once for each limit of waiting that a lead passes. */
  private void tellOverdue(Move move) {
    RuleHit limit = overdue(move.after());
    if (limit != null && !limit.equals(overdue(move.before()))) {
      ports.signals().tell(new Signal.WaitedTooLong(move.after(), limit));
    }
  }

  private static @Nullable RuleHit overdue(Entry entry) {
    return entry.decision() == null ? null : entry.decision().receipt().overdue();
  }

  private void failed(List<Move> moves, Throwable failure) {
    ports
        .signals()
        .tell(
            new Signal.Trouble("the journal could not record " + moves.size() + " moves", failure));
    List<Entry> unchanged = moves.stream().map(Move::before).toList();
    // Not at once: they would fall due at once, and fail again.
    ports
        .timers()
        .after(Insistence.AGAIN, () -> new Insistence(ports).giveBack(unchanged, recorded));
  }

  private static boolean givesWay(Entry entry) {
    return switch (entry.stage()) {
      case ACCEPTED, DECIDED, ASSIGNED, QUEUED, PARKED -> true;
      case SENDING, SUPERSEDED, ERASED -> false;
    };
  }
}
