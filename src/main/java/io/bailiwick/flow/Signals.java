package io.bailiwick.flow;

import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.TerritorySnapshot;
import java.time.Instant;
import java.util.Set;

/** Hears of each transition once, on the flow's thread; must return at once and never throw. */
public interface Signals {

  /** Takes note. */
  void tell(Signal signal);

  /** What the flow tells. */
  sealed interface Signal {

    /** A lead was accepted, and is durable. */
    record Accepted(Entry entry) implements Signal {}

    /** A lead was moved, and the move is durable. */
    record Moved(Move move) implements Signal {}

    /** A reading differed from the last; so many waiting leads are decided again. */
    record TerritoriesChanged(TerritorySnapshot snapshot, Set<String> names, int woken)
        implements Signal {}

    /** A reading was the same as the last. */
    record TerritoriesRead(TerritorySnapshot snapshot) implements Signal {}

    /** Reading failed; the last complete snapshot is kept. */
    record TerritoriesFailed(String detail) implements Signal {}

    /** No assignment is sent before this instant. */
    record SendingHeld(Instant until, String why) implements Signal {}

    /** Something that must not happen did; {@code what} names it for whoever mends it. */
    record Trouble(String what, Throwable cause) implements Signal {}
  }
}
