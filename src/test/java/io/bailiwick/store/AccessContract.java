package io.bailiwick.store;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.AccessBook.KeptKey;
import io.bailiwick.flow.Journal;
import io.bailiwick.lead.AccessKey;
import io.bailiwick.lead.AccessKey.Kind;
import io.bailiwick.lead.Activity;
import io.bailiwick.lead.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every journal promises of keys, of signed messages, and of the record of who did what. */
abstract class AccessContract {

  private static final KeptKey PERSON =
      new KeptKey(
          new AccessKey("p1", "ana", Role.OPERATOR, null, Kind.BEARER, NOON, null, null, null),
          "a digest");
  private static final KeptKey SIGNING =
      new KeptKey(
          new AccessKey(
              "s1", "web", Role.SOURCE, "web", Kind.SIGNATURE, NOON, "ana", hours(9), null),
          "whsec_c2VjcmV0");

  private Journal journal;

  abstract Journal open();

  @BeforeEach
  void openTheFirstTime() {
    journal = open();
  }

  @AfterEach
  void closeAtLast() {
    journal.close();
  }

  @Test
  void keysAreKeptInTheOrderTheyWereMadeWithWhatProvesThem() {
    get(journal.access().add(PERSON));
    get(journal.access().add(SIGNING));
    reopen();
    assertEquals(List.of(PERSON, SIGNING), get(journal.access().keys()));
  }

  @Test
  void anEndedKeyStaysAsOneThatHasEndedAndNoLaterEndMovesIt() {
    get(journal.access().add(PERSON));
    get(journal.access().add(SIGNING));
    assertEquals(Optional.empty(), get(journal.access().end("nobody", NOON)));
    assertEquals(hours(1), get(journal.access().end("p1", hours(1))).orElseThrow().endsAt());
    assertEquals(hours(1), get(journal.access().end("p1", hours(2))).orElseThrow().endsAt());
    assertEquals(hours(9), get(journal.access().end("s1", hours(99))).orElseThrow().endsAt());
    reopen();
    AccessKey ended = get(journal.access().keys()).get(0).key();
    assertTrue(ended.live(hours(1).minusMillis(1)));
    assertFalse(ended.live(hours(1)));
  }

  @Test
  void whenAKeyWasLastUsedIsRemembered() {
    get(journal.access().add(PERSON));
    get(journal.access().used(Map.of("p1", hours(3), "gone", hours(3))));
    reopen();
    assertEquals(hours(3), get(journal.access().keys()).get(0).key().lastUsedAt());
  }

  @Test
  void theRecordIsReadNewestFirstByPagesWithHowEachWasAnswered() {
    for (int i = 1; i <= 5; i++) {
      assertEquals(i, get(journal.access().append(line("who" + i))));
    }
    get(journal.access().answered(4, 202));
    reopen();
    List<Activity> page = get(journal.access().activities(null, 2));
    assertEquals(List.of("who5", "who4"), page.stream().map(Activity::who).toList());
    assertEquals(202, page.get(1).status());
    assertEquals(null, page.get(0).status());
    List<Activity> rest = get(journal.access().activities(page.get(1).seq(), 9));
    assertEquals(List.of("who3", "who2", "who1"), rest.stream().map(Activity::who).toList());
  }

  @Test
  void aMessageComesForTheFirstTimeOnceAndIsForgottenWhenItIsOld() {
    assertTrue(get(journal.access().firstTime("web", "m1.17", NOON)));
    assertFalse(get(journal.access().firstTime("web", "m1.17", hours(1))));
    assertTrue(get(journal.access().firstTime("fair", "m1.17", hours(1))));
    reopen();
    assertFalse(get(journal.access().firstTime("web", "m1.17", hours(1))));
    assertEquals(1, get(journal.access().forgetMessages(hours(1))));
    assertTrue(get(journal.access().firstTime("web", "m1.17", hours(2))));
  }

  private static Activity line(String who) {
    return new Activity(
        0, NOON, who, Role.OPERATOR, "POST /v1/leads/:id/close", "/v1/leads/7/close", null);
  }

  private static Instant hours(long hours) {
    return NOON.plusSeconds(3600 * hours);
  }

  private void reopen() {
    journal.close();
    journal = open();
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
