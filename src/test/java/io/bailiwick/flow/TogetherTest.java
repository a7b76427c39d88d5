package io.bailiwick.flow;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.lead.Attempts;
import io.bailiwick.lead.Entry;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.QueueReason;
import io.bailiwick.lead.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TogetherTest {

  @Test
  void asManyGoInOneCallAsItHoldsInTheirOrder() {
    List<Entry> five = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      five.add(lead(0));
    }
    assertEquals(
        List.of(five.subList(0, 2), five.subList(2, 4), five.subList(4, 5)), Together.of(five, 2));
    assertEquals(List.of(five), Together.of(five, 5));
    assertEquals(List.of(), Together.of(List.of(), 5));
  }

  @Test
  void fromTheThirdFailureOnItIsHalfAsManyUntilOneIsAlone() {
    assertEquals(List.of(8, 1), sizes(9, 2), "two failures are patience");
    assertEquals(List.of(4, 4, 1), sizes(9, 3));
    assertEquals(List.of(2, 2, 2, 2, 1), sizes(9, 4));
    assertEquals(List.of(1, 1, 1), sizes(3, 5));
    assertEquals(List.of(1, 1, 1), sizes(3, 50), "and never fewer than one");
  }

  @Test
  void whatIsSentIsNotLookedAtInTheSameCallNorIsAnotherModule() {
    Entry fresh = lead(0);
    Entry sent = lead(0).sending(NOON, NOON);
    Entry contact =
        decided(
            new LeadForm().set(LeadField.CRM_ID, "9").set(LeadField.MODULE, "Contacts").lead(), 0);
    Entry next = lead(0);
    assertEquals(
        List.of(List.of(fresh, next), List.of(sent), List.of(contact)),
        Together.of(List.of(fresh, sent, contact, next), 9));
  }

  @Test
  void aLeadWhoseRecordIsYetToBeMadeIsAlone() {
    Entry one = decided(new LeadForm().set(LeadField.EMAIL, "a@acme.example").lead(), 0);
    Entry other = lead(0);
    Entry two = decided(new LeadForm().set(LeadField.EMAIL, "b@acme.example").lead(), 0);
    Entry last = lead(0);
    assertEquals(
        List.of(List.of(one), List.of(other, last), List.of(two)),
        Together.of(List.of(one, other, two, last), 9));
  }

  private List<Integer> sizes(int leads, int failures) {
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < leads; i++) {
      all.add(lead(failures));
    }
    return Together.of(all, 8).stream().map(List::size).toList();
  }

  private int records;

  private Entry lead(int failures) {
    return decided(Samples.lead("" + ++records), failures);
  }

  private Entry decided(Lead lead, int failures) {
    Attempts spent = Attempts.NONE;
    for (int i = 0; i < failures; i++) {
      spent = spent.failed(NOON);
    }
    return Entry.accepted("lead-" + ++records, lead, 1, NOON)
        .postponed(QueueReason.CRM_UNAVAILABLE, NOON, spent, NOON)
        .decided(Samples.assign(), NOON);
  }
}
