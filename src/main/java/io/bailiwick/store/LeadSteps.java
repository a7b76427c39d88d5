package io.bailiwick.store;

import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import java.util.List;

/**
 * Moves of one lead that follow each other, made ready to be one write: what is compared and
 * spelled for it is not the writer's work, which everything waits for.
 */
record LeadSteps(List<Move> moves, LeadUpdate update) {

  static List<LeadSteps> of(List<Move> moves) {
    return Move.byLead(moves).stream().map(LeadSteps::ofOne).toList();
  }

  static LeadSteps of(Move move) {
    return ofOne(List.of(move));
  }

  private static LeadSteps ofOne(List<Move> moves) {
    Entry after = moves.get(moves.size() - 1).after();
    return new LeadSteps(moves, LeadUpdate.of(moves.get(0).before(), after));
  }

  String lead() {
    return after().id();
  }

  Entry before() {
    return moves.get(0).before();
  }

  Entry after() {
    return moves.get(moves.size() - 1).after();
  }
}
