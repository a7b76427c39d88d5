package io.bailiwick.store;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Origin;
import io.bailiwick.lead.Samples;
import io.bailiwick.store.Task.Manner;
import io.bailiwick.store.Task.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WriteQueueTest {

  private final WriteQueue queue = new WriteQueue();

  @Test
  void leadsThatComeInGoFirstAndNeverWaitForMoreThanAFewOthers() {
    List<Task<?>> moves = IntStream.range(0, 4).<Task<?>>mapToObj(i -> other(40)).toList();
    moves.forEach(queue::add);
    List<Task<?>> leads = IntStream.range(0, 3).<Task<?>>mapToObj(i -> lead(1)).toList();
    leads.forEach(queue::add);
    assertEquals(Stream.concat(leads.stream(), Stream.of(moves.get(0))).toList(), queue.next());
    assertEquals(moves.subList(1, 4), queue.next(), "with nothing ahead, all of them");
  }

  @Test
  void whoAsksWhatIsDueWaitsForNoneOfWhatIsToBeRecorded() {
    IntStream.range(0, 4).forEach(i -> queue.add(other(WriteQueue.MOST)));
    Task<Void> claim = new Task<>(connection -> null, Manner.ONCE, 1, Turn.CLAIM);
    queue.add(claim);
    List<Task<?>> next = queue.next();
    assertEquals(claim, next.get(0));
    assertEquals(2, next.size(), "and what waited goes on beside it");
  }

  @Test
  void nothingStarvesHoweverManyLeadsComeIn() {
    Task<Void> heavy = other(10_000);
    queue.add(heavy);
    IntStream.range(0, 2 * WriteQueue.MOST).forEach(i -> queue.add(lead(1)));
    List<Task<?>> first = queue.next();
    assertEquals(WriteQueue.MOST + 1, first.size());
    assertTrue(first.contains(heavy));
  }

  @Test
  void aHeavyBatchIsTakenAloneAndInItsTurn() {
    Task<Void> small = lead(1);
    Task<Void> heavy = lead(1_000);
    queue.add(small);
    queue.add(heavy);
    assertEquals(List.of(small), queue.next());
    assertEquals(List.of(heavy), queue.next());
  }

  @Test
  void aClosedQueueGivesWhatIsLeftAndThenNothing() {
    Task<Void> left = other(1);
    assertTrue(queue.add(left));
    queue.close();
    assertFalse(queue.add(lead(1)));
    assertEquals(List.of(left), queue.next());
    assertEquals(List.of(), queue.next());
  }

  @Test
  void movesAreCutWithoutPartingThoseOfOneLead() {
    List<Move> moves = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Entry entry = Entry.accepted("lead-" + i, Samples.lead("" + i), 1, NOON, Origin.UNKNOWN);
      for (int step = 0; step < 3; step++) {
        Entry next = entry.queued(Samples.queue(Blocker.REFUSED), NOON, NOON);
        moves.add(new Move(entry, next, "step " + step));
        entry = next;
      }
    }
    List<List<Move>> portions = WriteQueue.portions(moves);
    assertEquals(moves, portions.stream().flatMap(List::stream).toList());
    for (List<Move> portion : portions) {
      assertTrue(portion.size() <= WriteQueue.BESIDE, "" + portion.size());
      assertEquals(0, portion.size() % 3);
    }
    assertEquals(List.of(List.of()), WriteQueue.portions(List.of()));
  }

  private static Task<Void> lead(int weight) {
    return new Task<>(connection -> null, Manner.IN_ORDER, weight, Turn.ARRIVAL);
  }

  private static Task<Void> other(int weight) {
    return new Task<>(connection -> null, Manner.TOGETHER, weight, Turn.OTHER);
  }
}
