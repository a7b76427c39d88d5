package io.bailiwick.crm.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.TokenBook;
import io.bailiwick.flow.TokenBook.Grant;
import io.bailiwick.lead.Samples;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.store.MemoryJournal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Renewing in virtual time; what the accounts server says is read from its own words. */
class RefreshedTokenTest {

  private static final URI BASE = URI.create("https://www.zohoapis.com");
  private static final Grant GRANT =
      new Grant("https://accounts.zoho.com", "1000.C", "secret", "1000.refresh");

  private final VirtualTimers timers = new VirtualTimers(Samples.NOON);
  private final TokenBook book = new MemoryJournal().tokens();
  private final List<CompletableFuture<TokenReply>> asked = new ArrayList<>();
  private Grant grant = GRANT;
  private int given;

  @Test
  void aThousandWhoAskTogetherShareOneRenewal() {
    var token = instance();
    List<CompletableFuture<String>> waiting = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      waiting.add(token.token().toCompletableFuture());
    }
    assertEquals(1, asked.size());
    assertTrue(waiting.stream().noneMatch(CompletableFuture::isDone));
    give();
    assertTrue(waiting.stream().allMatch(one -> one.join().equals("1000.t1")));
    assertEquals("1000.t1", now(token));
    assertEquals(1, asked.size());
  }

  @Test
  void aThousandLateRefusalsOfOneTokenCauseOneRenewal() {
    var token = instance();
    had(token);
    token.worked("1000.t1");
    for (int i = 0; i < 500; i++) {
      token.refused("1000.t1");
      token.token();
    }
    assertEquals(2, asked.size());
    give();
    for (int i = 0; i < 500; i++) {
      token.refused("1000.t1");
      assertEquals("1000.t2", now(token));
    }
    assertEquals(2, asked.size());
  }

  @Test
  void itIsRenewedMinutesBeforeItsEndWhileTheOldOneStillOpens() {
    var token = instance();
    had(token);
    pass(Duration.ofMinutes(54));
    now(token);
    assertEquals(1, asked.size());
    pass(Duration.ofMinutes(1));
    assertEquals("1000.t1", now(token), "used on while the next is asked for");
    assertEquals("1000.t1", now(token));
    assertEquals(2, asked.size());
    give();
    assertEquals("1000.t2", now(token));
  }

  @Test
  void aTokenThatNeverOpenedAnythingIsNotGivenUpForAnotherOfTheSameKind() {
    var token = instance();
    had(token);
    token.refused("1000.t1");
    assertEquals("1000.t1", now(token));
    assertEquals(1, asked.size());
    pass(Duration.ofMinutes(5));
    token.refused("1000.t1");
    token.token();
    assertEquals(2, asked.size(), "after a while it is tried again");
  }

  @Test
  void noMoreThanTenAreAskedForInTenMinutesByAllInstancesTogether() {
    for (int i = 0; i < 10; i++) {
      var token = instance();
      if (i > 0) {
        // It takes what the one before it left in the book, which the CRM then refuses.
        token.refused(now(token));
      }
      had(token);
    }
    assertEquals(10, asked.size());
    var eleventh = instance();
    eleventh.refused(now(eleventh));
    String why = failure(eleventh);
    assertTrue(why.contains("10 minutes are used up") && why.contains("12:10:00Z"), why);
    assertEquals(10, asked.size());
    pass(Duration.ofMinutes(10));
    had(eleventh);
    assertEquals(11, asked.size());
  }

  @Test
  void anInstanceTakesTheTokenThatAnotherRenewed() {
    var first = instance();
    var second = instance();
    var early = first.token().toCompletableFuture();
    var late = second.token().toCompletableFuture();
    assertEquals(1, asked.size(), "the second waits for the first");
    give();
    assertEquals("1000.t1", early.join());
    assertFalse(late.isDone());
    pass(Duration.ofMillis(200));
    assertEquals("1000.t1", late.join());
    assertEquals("1000.t1", now(instance()), "and so does one that starts later");
    assertEquals(1, asked.size());
  }

  @Test
  void aTurnOfAnInstanceThatDiedPassesToAnother() {
    instance().token();
    var second = instance();
    var waiting = second.token().toCompletableFuture();
    pass(Duration.ofSeconds(31));
    assertEquals(2, asked.size());
    give();
    assertEquals("1000.t1", waiting.join());
  }

  @Test
  void afterAccessDeniedNobodyAsksForTenMinutesNorAfterARestart() {
    var token = instance();
    var waiting = token.token().toCompletableFuture();
    answer(400, "{'error_description':'too many','error':'Access Denied','status':'failure'}");
    assertTrue(message(waiting).contains("Access Denied"));
    pass(Duration.ofMinutes(9));
    assertTrue(failure(token).contains("left alone until 2026-01-15T12:10:00Z"), failure(token));
    assertTrue(failure(instance()).contains("Access Denied"));
    assertEquals(1, asked.size());
    pass(Duration.ofMinutes(1));
    had(instance());
  }

  @Test
  void aCoolDownLeavesATokenThatStillOpensInUse() {
    var token = instance();
    had(token);
    pass(Duration.ofMinutes(56));
    now(token);
    answer(200, "{'error':'Access Denied','status':'failure'}");
    assertEquals("1000.t1", now(token));
    pass(Duration.ofMinutes(4));
    assertTrue(failure(token).contains("Access Denied"));
  }

  @Test
  void aDeadRefreshTokenIsAskedForSeldomAndAnotherOneAtOnce() {
    var token = instance();
    var waiting = token.token().toCompletableFuture();
    answer(200, "{'error':'invalid_code'}");
    String why = message(waiting);
    assertTrue(why.contains("dead (invalid_code)") && why.contains("run bailiwick connect"), why);
    for (int i = 0; i < 100; i++) {
      assertEquals(why, failure(token));
    }
    assertEquals(1, asked.size());
    grant = new Grant(GRANT.accounts(), "1000.C", "secret", "1000.another");
    had(token);
    assertEquals(2, asked.size());
  }

  @Test
  void aWrongSecretThatIsMendedIsTriedAtOnce() {
    var token = instance();
    token.token();
    answer(200, "{'error':'invalid_client_secret'}");
    assertTrue(failure(token).contains("invalid_client_secret"));
    grant = new Grant(GRANT.accounts(), "1000.C", "right", "1000.refresh");
    had(token);
  }

  @Test
  void aServerThatGivesNoAnswerIsAskedAgainAfterLongerAndLongerWaits() {
    var token = instance();
    int tries = 0;
    for (int second = 0; second < 60; second++) {
      token.token();
      if (asked.size() > tries) {
        tries = asked.size();
        answer(503, "<html>");
      }
      pass(Duration.ofSeconds(1));
    }
    assertEquals(6, asked.size(), "at 0, 1, 3, 7, 15 and 31 s");
    assertTrue(failure(token).contains("answered 503 with no JSON"), failure(token));
  }

  @Test
  void whatCertainlyBroughtNoTokenIsNotChargedToTheQuota() {
    var token = instance();
    for (int i = 0; i < 12; i++) {
      token.token();
      asked
          .get(asked.size() - 1)
          .complete(new TokenReply.Failed("no connection to the accounts server", false));
      pass(Duration.ofMinutes(1));
    }
    assertEquals(12, asked.size());
    had(token);
  }

  @Test
  void aDomainThatIsNotOnTheListIsAnErrorAndNoTokenIsHandedOut() {
    var token = instance();
    var waiting = token.token().toCompletableFuture();
    answer(
        200, "{'access_token':'1000.t','expires_in':3600,'api_domain':'https://evil.example.com'}");
    String why = message(waiting);
    assertTrue(why.contains("https://evil.example.com") && why.contains("no token is sent"), why);
    assertEquals(Optional.empty(), token.home());
  }

  @Test
  void callsGoToTheDataCentreOfTheOrganisation() {
    var token = instance();
    token.token();
    answer(
        200, "{'access_token':'1000.t','expires_in':3600,'api_domain':'https://www.zohoapis.eu'}");
    assertEquals("1000.t", now(token));
    assertEquals(Optional.of(URI.create("https://www.zohoapis.eu")), token.home());
  }

  @Test
  void howItStandsIsToldWithoutASecret() {
    var token = instance();
    had(token);
    String told = token.told().toCompletableFuture().join();
    assertEquals(
        "renewed at https://accounts.zoho.com for the client 1000.C, good until"
            + " 2026-01-15T13:00:00Z; 1 of 10 renewals in 10 minutes",
        told);
  }

  @Test
  void withoutAGrantItSaysHowToGetOne() {
    grant = null;
    assertEquals("there is no refresh token; run bailiwick connect", failure(instance()));
  }

  private RefreshedToken instance() {
    Grants grants = () -> CompletableFuture.completedStage(Optional.ofNullable(grant));
    var server =
        new java.util.function.Function<Grant, CompletionStage<TokenReply>>() {
          @Override
          public CompletionStage<TokenReply> apply(Grant of) {
            var reply = new CompletableFuture<TokenReply>();
            asked.add(reply);
            return reply;
          }
        };
    return new RefreshedToken(new RefreshedToken.Parts(grants, book, null, timers), BASE, server);
  }

  /** Asks, and is given one. */
  private void had(RefreshedToken token) {
    var waiting = token.token().toCompletableFuture();
    give();
    assertEquals("1000.t" + given, waiting.join());
  }

  private void give() {
    given++;
    answer(200, "{'access_token':'1000.t" + given + "','expires_in':3600}");
  }

  private void answer(int status, String body) {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    asked.get(asked.size() - 1).complete(TokenReply.read(status, bytes));
  }

  private void pass(Duration time) {
    timers.runUntil(timers.now().plus(time));
  }

  private static String now(RefreshedToken token) {
    var answer = token.token().toCompletableFuture();
    assertTrue(answer.isDone());
    return answer.join();
  }

  private static String failure(RefreshedToken token) {
    return message(token.token().toCompletableFuture());
  }

  private static String message(CompletableFuture<String> failed) {
    try {
      return "not failed: " + failed.getNow("not done");
    } catch (CompletionException e) {
      return e.getCause().getMessage();
    }
  }
}
