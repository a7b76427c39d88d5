package io.bailiwick.store;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.bailiwick.flow.Journal;
import io.bailiwick.flow.TokenBook;
import io.bailiwick.flow.TokenBook.Access;
import io.bailiwick.flow.TokenBook.Ask;
import io.bailiwick.flow.TokenBook.Grant;
import io.bailiwick.flow.TokenBook.Standing;
import io.bailiwick.flow.TokenBook.Turn;
import io.bailiwick.lead.Nullable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every journal promises of how we are let in at the CRM. */
abstract class TokenContract {

  static final Grant GRANT = new Grant("https://accounts.zoho.eu", "1000.C", "s3cret", "1000.r");
  private static final String KEY = GRANT.key();
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Access FIRST = access("1000.t1", 0);

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
  void aGrantIsKeptOverARestartInPlaceOfTheOneBefore() {
    assertEquals(Optional.empty(), get(book().grant()));
    get(book().keepGrant(new Grant("https://accounts.zoho.com", "a", "b", "c")));
    get(book().keepGrant(GRANT));
    reopen();
    assertEquals(Optional.of(GRANT), get(book().grant()));
  }

  @Test
  void whoAsksFirstRenewsAndTheOthersWaitForIt() {
    assertEquals(new Turn.Yours(seconds(30)), ask(0, null));
    assertEquals(new Turn.Others(seconds(30)), ask(1, null));
    get(book().keep(KEY, FIRST));
    assertEquals(new Turn.Has(FIRST), ask(2, null));
    reopen();
    assertEquals(new Turn.Has(FIRST), ask(3, null), "also after a restart");
  }

  @Test
  void aTurnEndsWithItsLeaseWhereItsHolderDied() {
    ask(0, null);
    assertInstanceOf(Turn.Others.class, ask(29, null));
    assertEquals(new Turn.Yours(seconds(60)), ask(30, null));
  }

  @Test
  void aTokenIsRenewedWhenItIsGivenUpOrNearItsEndAndNotBefore() {
    get(book().keep(KEY, FIRST));
    assertEquals(new Turn.Has(FIRST), ask(54 * 60, "1000.other"));
    assertInstanceOf(Turn.Yours.class, ask(55 * 60, null));
    get(book().keep(KEY, access("1000.t2", 55 * 60)));
    assertInstanceOf(Turn.Yours.class, ask(55 * 60 + 1, "1000.t2"));
  }

  @Test
  void tenTurnsAreGivenInTenMinutesAndTheNextWhenTheFirstOfThemIsOld() {
    for (int i = 0; i < 10; i++) {
      release(ask(10 * i, null), true);
    }
    assertEquals(new Turn.Spent(seconds(600)), ask(100, null));
    reopen();
    assertEquals(new Turn.Spent(seconds(600)), ask(599, null), "also after a restart");
    assertEquals(10, get(book().standing(KEY, seconds(599))).renewals());
    release(ask(600, null), true);
    assertEquals(new Turn.Spent(seconds(610)), ask(601, null));
    assertInstanceOf(
        Turn.Yours.class, get(book().turn(new Ask("another", null, seconds(601), LEASE))));
  }

  @Test
  void whatBroughtNoTokenForCertainIsNotCharged() {
    for (int i = 0; i < 30; i++) {
      release(ask(i, null), false);
    }
    assertEquals(0, get(book().standing(KEY, seconds(31))).renewals());
  }

  @Test
  void aTurnThatIsOverEndsNoOther() {
    Turn.Yours dead = assertInstanceOf(Turn.Yours.class, ask(0, null));
    ask(40, null);
    get(book().release(KEY, dead, true));
    assertInstanceOf(Turn.Others.class, ask(41, null));
  }

  @Test
  void duringACoolDownNobodyRenewsAndWhatOpensIsStillGiven() {
    get(book().keep(KEY, FIRST));
    ask(1, "1000.t1");
    get(book().cool(KEY, seconds(600)));
    reopen();
    assertEquals(new Turn.Cooling(seconds(600)), ask(599, "1000.t1"));
    assertEquals(new Turn.Has(FIRST), ask(599, null));
    assertEquals(
        new Standing(FIRST.expiresAt(), 1, seconds(600)), get(book().standing(KEY, seconds(599))));
    assertInstanceOf(Turn.Yours.class, ask(600, "1000.t1"));
    assertEquals(null, get(book().standing(KEY, seconds(600))).coolUntil());
  }

  @Test
  void noSecretIsInWhatMayComeIntoALog() {
    String told = GRANT + " " + FIRST + " " + new Ask(KEY, "1000.t1", NOON, LEASE);
    for (String secret : new String[] {"s3cret", "1000.r", "1000.t1"}) {
      assertFalse(told.contains(secret), told);
    }
  }

  private Turn ask(long second, @Nullable String givenUp) {
    return get(book().turn(new Ask(KEY, givenUp, seconds(second), LEASE)));
  }

  private void release(Turn turn, boolean spent) {
    get(book().release(KEY, assertInstanceOf(Turn.Yours.class, turn), spent));
  }

  private TokenBook book() {
    return journal.tokens();
  }

  private static Access access(String token, long second) {
    return new Access(token, seconds(second), seconds(second + 3600), "https://www.zohoapis.eu");
  }

  private static Instant seconds(long seconds) {
    return NOON.plusSeconds(seconds);
  }

  private void reopen() {
    journal.close();
    journal = open();
  }

  static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
