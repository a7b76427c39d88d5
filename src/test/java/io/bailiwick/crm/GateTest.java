package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.crm.Ended.How;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GateTest {

  private static final Ended WORKED = new Ended(How.WORKED, null, null);
  private static final Ended FAILED = new Ended(How.FAILED, null, null);
  private static final Ended LIMITED = new Ended(How.LIMITED, null, null);

  private final List<String> heard = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-02T10:00:00Z");

  private Gate gate(int most, long credits) {
    return new Gate(most, new Credits(credits), () -> now, new Random(1));
  }

  private void enter(Gate gate, int records, String name) {
    gate.enter(
        records,
        new Gate.Caller() {
          @Override
          public void go() {
            heard.add(name);
          }

          @Override
          public void shut(Duration wait, String why) {
            heard.add(name + " shut");
          }
        });
  }

  private List<String> heard() {
    List<String> all = List.copyOf(heard);
    heard.clear();
    return all;
  }

  @Test
  void no_more_calls_go_at_a_time_than_may_and_the_others_follow_in_their_order() {
    Gate gate = gate(2, 0);
    List.of("a", "b", "c", "d").forEach(name -> enter(gate, 1, name));
    assertEquals(List.of("a", "b"), heard());
    assertEquals(2, gate.standing().waiting());
    gate.left(1, WORKED);
    assertEquals(List.of("c"), heard());
  }

  @Test
  void writes_of_many_records_have_a_limit_of_their_own() {
    Gate gate = gate(25, 0);
    for (int i = 0; i < 12; i++) {
      enter(gate, 100, "heavy");
    }
    assertEquals(10, heard().size());
    gate.left(100, WORKED);
    assertEquals(List.of("heavy"), heard());
  }

  @Test
  void after_refusals_together_half_as_many_go() {
    Gate gate = gate(8, 0);
    for (int i = 0; i < 8; i++) {
      enter(gate, 1, "x");
    }
    enter(gate, 1, "late");
    for (int i = 0; i < 2; i++) {
      gate.left(1, LIMITED);
    }
    assertEquals(4, gate.standing().limit(), "once for all that were under way together");
    assertEquals(1, gate.standing().waiting());
  }

  @Test
  void with_each_success_one_more_goes_until_as_many_as_before() {
    Gate gate = gate(8, 0);
    enter(gate, 1, "x");
    gate.left(1, LIMITED);
    assertEquals(4, gate.standing().limit());
    for (int i = 0; i < 30; i++) {
      enter(gate, 1, "y");
      gate.left(1, WORKED);
    }
    assertEquals(8, gate.standing().limit());
  }

  @Test
  void a_row_of_refusals_shuts_it_for_a_moment() {
    Gate gate = gate(8, 0);
    for (int i = 0; i < 3; i++) {
      enter(gate, 1, "x");
      gate.left(1, LIMITED);
    }
    heard.clear();
    enter(gate, 1, "shut out");
    now = now.plusSeconds(1);
    enter(gate, 1, "later");
    assertEquals(List.of("shut out shut", "later"), heard());
  }

  @Test
  void the_wait_that_the_crm_names_is_kept_and_told() {
    Gate gate = gate(8, 0);
    enter(gate, 1, "a");
    gate.left(1, new Ended(How.LIMITED, Duration.ofSeconds(90), null));
    assertEquals(now.plusSeconds(90), gate.standing().shutUntil());
    now = now.plusSeconds(89);
    enter(gate, 1, "b");
    now = now.plusSeconds(1);
    enter(gate, 1, "c");
    assertEquals(List.of("a", "b shut", "c"), heard());
    assertNull(gate.standing().shutUntil());
  }

  @Test
  void after_a_row_of_failures_it_shuts_and_one_call_probes_before_the_others_follow() {
    Gate gate = gate(8, 0);
    for (int i = 0; i < 5; i++) {
      enter(gate, 1, "x");
      gate.left(1, FAILED);
    }
    enter(gate, 1, "shut out");
    heard.remove(0);
    assertTrue(heard().contains("shut out shut"));
    now = now.plusSeconds(2);
    List.of("probe", "b", "c").forEach(name -> enter(gate, 1, name));
    assertEquals(List.of("probe"), heard());
    gate.left(1, FAILED);
    assertEquals(List.of("b shut", "c shut"), heard());
    now = now.plusSeconds(3);
    List.of("again", "d", "e").forEach(name -> enter(gate, 1, name));
    assertEquals(List.of("again"), heard());
    gate.left(1, WORKED);
    assertEquals(List.of("d", "e"), heard());
  }

  @Test
  void a_day_costs_no_more_credits_than_it_may_and_they_come_back() {
    Gate gate = gate(8, 12);
    enter(gate, 100, "bulk");
    gate.left(100, WORKED);
    assertEquals(10, gate.standing().credits());
    List.of("a", "b", "c").forEach(name -> enter(gate, 0, name));
    assertEquals(List.of("bulk", "a", "b", "c shut"), heard());
    now = now.plus(Duration.ofHours(24)).plus(Duration.ofMinutes(15));
    enter(gate, 0, "d");
    assertEquals(List.of("d"), heard());
  }

  @Test
  void no_credits_by_the_crms_own_word_shut_it_for_longer() {
    Gate gate = gate(8, 0);
    enter(gate, 1, "a");
    gate.left(1, new Ended(How.LIMITED, null, 0));
    assertEquals(now.plus(Duration.ofMinutes(15)), gate.standing().shutUntil());
  }

  @Test
  void its_caps_hold_at_every_instant_whatever_comes() {
    for (long seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      int most = 1 + random.nextInt(20);
      Gate gate = gate(most, 0);
      int[] under = new int[2];
      List<Integer> going = new ArrayList<>();
      for (int step = 0; step < 200; step++) {
        now = now.plusMillis(random.nextInt(2_000));
        if (random.nextBoolean() || going.isEmpty()) {
          int records = random.nextInt(100);
          gate.enter(records, counting(records, going, under));
        } else {
          int records = going.remove(random.nextInt(going.size()));
          under[0]--;
          under[1] -= records > Gate.HEAVY ? 1 : 0;
          gate.left(records, List.of(WORKED, WORKED, FAILED, LIMITED).get(random.nextInt(4)));
        }
        String told = "seed " + seed + ": " + under[0] + ", " + under[1] + " of " + most;
        assertTrue(under[0] <= most && under[1] <= 10, told);
        assertEquals(under[0], gate.standing().calls(), told);
      }
    }
  }

  private static Gate.Caller counting(int records, List<Integer> going, int[] under) {
    return new Gate.Caller() {
      @Override
      public void go() {
        going.add(records);
        under[0]++;
        under[1] += records > Gate.HEAVY ? 1 : 0;
      }

      @Override
      public void shut(Duration wait, String why) {}
    };
  }
}
