package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.flow.Crm;
import io.bailiwick.flow.TerritoryAnswer;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.RecordState;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.sandbox.SandboxCrm;
import io.bailiwick.sandbox.SandboxModel;
import io.bailiwick.sandbox.SandboxSettings;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The contract over the real client against the real server, and the two faces side by side. */
class ClassicCrmIT extends HttpContract {

  @Test
  void both_faces_give_the_same_outcomes_and_end_in_the_same_state() {
    long first = Long.getLong("seed", System.nanoTime());
    System.out.println("both_faces seed " + first + " (-Dseed=" + first + " repeats it)");
    var settings = SandboxSettings.STANDARD.withPort(0).withSeed(first);
    for (int adopt = 0; adopt < 2; adopt++) {
      SandboxModel near = model(settings.withAdopt(adopt == 1), start());
      SandboxModel far = model(settings.withAdopt(adopt == 1), start());
      var timers = new VirtualTimers(base().instant());
      Crm port = new SandboxCrm(near, timers, Duration.ofSeconds(30));
      Crm http = face(far);
      var random = new Random(first + adopt);
      for (int step = 0; step < 1500; step++) {
        String said = "seed " + first + " step " + step;
        String command = command(random);
        control(near, command);
        control(far, command);
        long call = random.nextLong();
        var inPort = told(port, new Random(call));
        timers.runUntil(
            inPort.toCompletableFuture()::isDone, timers.now().plus(Duration.ofDays(1)));
        String expected = inPort.toCompletableFuture().join();
        assertEquals(expected, given(told(http, new Random(call))), () -> said + " " + command);
      }
      assertEquals(near.state(), far.state());
      assertEquals(near.calls(), far.calls());
      assertEquals(near.writes(null, null, 0, 9999), far.writes(null, null, 0, 9999));
    }
  }

  @Test
  void every_status_has_the_same_outcome_on_both_faces() {
    SandboxModel near = model();
    SandboxModel far = model();
    var timers = new VirtualTimers(base().instant());
    Crm port = new SandboxCrm(near, timers, DEADLINE);
    Crm http = face(far);
    for (int status = 400; status < 600; status++) {
      String wait = status % 2 == 0 ? ",'retryAfter':" + status : "";
      String fault = "{'kind':'status','status':" + status + wait + "}";
      fault(near, fault);
      fault(far, fault);
      var inPort = port.assign(to(WEST)).thenApply(ClassicCrmIT::word).toCompletableFuture();
      timers.runUntil(inPort::isDone, timers.now().plus(Duration.ofDays(1)));
      String expected = inPort.join();
      assertEquals(expected, given(http.assign(to(WEST)).thenApply(ClassicCrmIT::word)), fault);
    }
  }

  private static String command(Random random) {
    String[] territories = {"1", WEST, "3", "4", "5", "6"};
    String territory = territories[random.nextInt(territories.length)];
    boolean yes = random.nextBoolean();
    return switch (random.nextInt(8)) {
      case 0 -> "{'do':'setTerritory','territory':'%s','apiEnabled':%b}".formatted(territory, yes);
      case 1 ->
          "{'do':'setTerritory','territory':'%s','status':'%s'}"
              .formatted(territory, yes ? "Active" : "Inactive");
      case 2 -> "{'do':'setUser','memberOf':['%s'],'permitted':%b}".formatted(territory, yes);
      case 3 -> "{'do':'addRecord','module':'Leads','id':'%d'}".formatted(random.nextInt(9));
      case 4 ->
          "{'do':'setFaults','faults':[{'kind':'status','status':%d,'share':0.4%s}]}"
              .formatted(400 + random.nextInt(200), yes ? ",'retryAfter':5" : "");
      case 5 ->
          "{'do':'setFaults','faults':[{'kind':'%s','share':0.3},{'kind':'invalidTerritory',"
              .concat("'share':0.5}]}")
              .formatted(yes ? "reset" : "lostAnswer");
      case 6 ->
          "{'do':'setFaults','faults':[{'kind':'%s','share':0.3,'times':4}]}"
              .formatted(yes ? "garbage" : "ignoreWrite");
      default -> "{'do':'setFaults','faults':[]}";
    };
  }

  /** One call, and what came of it but for the words meant for people. */
  private static CompletionStage<String> told(Crm crm, Random random) {
    String module = random.nextInt(10) == 0 ? "Cases" : "Leads";
    String id = Integer.toString(random.nextInt(9));
    return switch (random.nextInt(5)) {
      case 0 -> crm.read(module, id).thenApply(ClassicCrmIT::word);
      case 1 -> crm.territories().thenApply(ClassicCrmIT::word);
      default -> {
        String territory = List.of(WEST, "3", "4", "5", "6", "7").get(random.nextInt(6));
        var assignment = new Assignment(module, id, new TerritoryRef(territory, "any"));
        yield crm.assign(assignment).thenApply(ClassicCrmIT::word);
      }
    };
  }

  private static String word(RecordState state) {
    return state instanceof RecordState.Present ? state.toString() : state.getClass().toString();
  }

  private static String word(TerritoryAnswer answer) {
    return answer instanceof TerritoryAnswer.Complete complete
        ? complete.toString().length() + " " + complete.reading().permitted()
        : "failed";
  }

  private static String word(Outcome outcome) {
    String wait =
        outcome instanceof Outcome.RateLimited limited
            ? " " + limited.retryAfter()
            : outcome instanceof Outcome.Unavailable away ? " " + away.retryAfter() : "";
    return outcome.getClass().getSimpleName() + wait;
  }
}
