package io.bailiwick.flow;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.AuditLog.Exposure;
import io.bailiwick.flow.CreditBook.Spent;
import io.bailiwick.flow.Journal.Changed;
import io.bailiwick.flow.Journal.Submission;
import io.bailiwick.flow.JournalReader.KeptSnapshot;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.CrmGate;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.Outcome;
import io.bailiwick.lead.Samples;
import io.bailiwick.lead.TerritoryRef;
import io.bailiwick.lead.TerritorySnapshot;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What the ports say in values, and what they do where an adapter says nothing else. */
class PortValuesTest {

  @Test
  void aCreditComesBackWhenItsQuarterOfAnHourIsADayOld() {
    var spent = new Spent(NOON, 3);
    var end = NOON.plus(Duration.ofHours(24).plusMinutes(15));
    assertFalse(spent.isOver(end.minusMillis(1)));
    assertTrue(spent.isOver(end));
  }

  @Test
  void exposuresAreAddedEachForItself() {
    assertEquals(new Exposure(11, 22, 33), new Exposure(1, 2, 3).plus(new Exposure(10, 20, 30)));
  }

  @Test
  void whatTwoReadingsWakeIsWhatEitherDoes() {
    var first = new Changed(Set.of("West"), true);
    var later = new Changed(Set.of("East"), false);
    assertEquals(new Changed(Set.of("West", "East"), true), first.and(later));
    assertEquals(new Changed(Set.of("West", "East"), true), later.and(first));
    assertEquals(later, later.and(Changed.NOTHING));
  }

  @Test
  void noTextOfALeadAtTheDoorHoldsWhatItsSourceSaid() {
    var lead = Samples.lead("1");
    String told = new Submission("lead-1", lead, "{\"secret\":1}", NOON).toString();
    assertEquals("Submission[lead-1, " + lead + "]", told);
  }

  @Test
  void aSnapshotIsALaterOneWhereItsNumberIsHigher() {
    var kept = new KeptSnapshot(new TerritorySnapshot(List.of(), Flag.YES), NOON, 7);
    var reader = plain(JournalReader.class, CompletableFuture.completedFuture(Optional.of(kept)));
    assertEquals(Optional.of(kept), join(reader.snapshotAfter(6)));
    assertEquals(Optional.empty(), join(reader.snapshotAfter(7)));
  }

  @Test
  void aCrmWithoutAGateHasNoneAndOneRecordIsACallOfOne() {
    var outcome = new Outcome.Done("done");
    Crm crm = plain(Crm.class, CompletableFuture.completedFuture(List.of(outcome)));
    assertSame(CrmGate.NONE, crm.gate());
    var one = new Assignment("Leads", "7", new TerritoryRef("1", "West"));
    assertSame(outcome, join(crm.assign(one)));
  }

  /** An adapter that gives one answer, and leaves the rest as the port has it. */
  private static <T> T plain(Class<T> port, Object answer) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) ->
                method.isDefault()
                    ? InvocationHandler.invokeDefault(proxy, method, arguments)
                    : answer));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
