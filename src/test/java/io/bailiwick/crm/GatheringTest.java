package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.TerritoryRef;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatheringTest {

  private static final long LONG = 3_600_000;

  private final Vertx vertx = Vertx.vertx();
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final Gathering threes = new Gathering(vertx, 3, LONG, this::send);

  @AfterEach
  void close_vertx() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private CompletionStage<List<Outcome>> send(List<Assignment> together) {
    calls.add(together.stream().map(Assignment::crmId).collect(Collectors.joining(" ")));
    return CompletableFuture.completedFuture(
        together.stream().map(one -> (Outcome) new Outcome.Done(one.crmId())).toList());
  }

  private static Assignment of(String module, String id) {
    return new Assignment(module, id, new TerritoryRef("12", "West"));
  }

  private static String told(CompletionStage<Outcome> outcome) {
    return outcome.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join().detail();
  }

  @Test
  void a_full_batch_leaves_at_once_and_each_gets_its_own_outcome() {
    List<CompletionStage<Outcome>> asked =
        List.of("a", "b", "c", "d").stream().map(id -> threes.add(of("Leads", id))).toList();
    assertEquals(List.of("a b c"), calls);
    threes.close();
    assertEquals(List.of("a", "b", "c", "d"), asked.stream().map(GatheringTest::told).toList());
    assertEquals(List.of("a b c", "d"), calls);
  }

  @Test
  void one_that_nobody_joins_is_sent_alone_after_a_moment() {
    assertEquals("a", told(new Gathering(vertx, 3, 1, this::send).add(of("Leads", "a"))));
    assertEquals(List.of("a"), calls);
  }

  @Test
  void modules_are_not_mixed_and_a_record_is_never_twice_in_a_call() {
    var first = threes.add(of("Leads", "a"));
    var other = threes.add(of("Accounts", "a"));
    var again = threes.add(of("Leads", "a"));
    assertEquals(List.of("a"), calls);
    threes.close();
    told(first);
    told(other);
    told(again);
    assertEquals(List.of("a", "a", "a"), calls);
  }

  @Test
  void where_a_call_is_for_one_nothing_waits() {
    var ones = new Gathering(vertx, 1, LONG, this::send);
    var outcome = ones.add(of("Leads", "a"));
    assertEquals(List.of("a"), calls);
    assertEquals("a", told(outcome));
  }

  @Test
  void what_waits_when_it_is_closed_is_sent() {
    var outcome = threes.add(of("Leads", "a"));
    threes.close();
    assertEquals(List.of("a"), calls);
    assertEquals("a", told(outcome));
  }

  @Test
  void a_sender_that_breaks_fails_all_of_its_call() {
    var breaking =
        new Gathering(
            vertx,
            2,
            LONG,
            together -> {
              throw new IllegalStateException("broken");
            });
    var first = breaking.add(of("Leads", "a"));
    var second = breaking.add(of("Leads", "b"));
    assertThrows(CompletionException.class, () -> told(first));
    assertThrows(CompletionException.class, () -> told(second));
  }
}
