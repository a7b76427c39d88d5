package io.bailiwick.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.lead.Publication;
import io.bailiwick.lead.Publication.How;
import io.bailiwick.lead.Samples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which versions may serve again, read from the log of publications. */
class EarlierVersionsTest {

  private final List<Publication> log = new ArrayList<>();

  @Test
  void theOneThatServesComesFirstAndThoseBeforeItBehind() {
    assertEquals(List.of(), EarlierVersions.of(log));
    published("a", "b", "c");
    assertEquals(List.of("c", "b", "a"), EarlierVersions.of(log));
  }

  @Test
  void whatWasGivenUpIsNotAmongThemUnlessItIsPublishedAgain() {
    published("a", "b", "c");
    fellBackTo("b");
    assertEquals(List.of("b", "a"), EarlierVersions.of(log));
    published("c");
    assertEquals(List.of("c", "b", "a"), EarlierVersions.of(log));
    fellBackTo("a");
    assertEquals(List.of("a"), EarlierVersions.of(log), "and what lies between is given up, too");
  }

  @Test
  void oneThatIsPublishedAgainStandsOnceAndFirst() {
    published("a", "b", "c", "a");
    assertEquals(List.of("a", "c", "b"), EarlierVersions.of(log));
  }

  @Test
  void whereTheLogDoesNotReachBackToIt() {
    fellBackTo("a");
    assertEquals(List.of("a"), EarlierVersions.of(log));
  }

  private void published(String... hashes) {
    for (String hash : hashes) {
      log.add(0, new Publication(hash, Samples.NOON, How.ON_CHANGE, null, null));
    }
  }

  private void fellBackTo(String hash) {
    log.add(0, new Publication(hash, Samples.NOON, How.FELL_BACK, null, null));
  }
}
