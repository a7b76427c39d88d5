package io.bailiwick.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.flow.Keys.Made;
import io.bailiwick.flow.Keys.Order;
import io.bailiwick.lead.AccessKey;
import io.bailiwick.lead.AccessKey.Kind;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Role;
import io.bailiwick.lead.Samples;
import io.bailiwick.replay.VirtualTimers;
import io.bailiwick.store.MemoryJournal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class KeysTest {

  private final VirtualTimers timers = new VirtualTimers(Samples.NOON);
  private final MemoryJournal journal = new MemoryJournal();
  private final Keys keys = started(1);

  @Test
  void aKeyOpensForItsHolderAndNoOtherTextDoes() {
    Made made = operator("ana", null);
    assertEquals("ana", keys.bearer(made.secret()).orElseThrow().name());
    String secret = made.secret();
    for (int i = 0; i < secret.length(); i++) {
      String other = secret.substring(0, i) + (char) (secret.charAt(i) ^ 1);
      assertTrue(keys.bearer(other + secret.substring(i + 1)).isEmpty(), "changed at " + i);
    }
    assertTrue(keys.bearer("").isEmpty());
    assertTrue(keys.bearer(secret + secret).isEmpty());
    assertTrue(keys.bearer(operator("ben", null).secret().substring(0, 16)).isEmpty());
  }

  @Test
  void neitherTheJournalNorAnyTextOfAKeyHoldsItsSecret() {
    Made made = operator("ana", null);
    String secret = made.secret().substring("bw_".length() + 13);
    assertEquals(made.key().toString(), made.toString());
    assertFalse(made.toString().contains(secret));
    var order = new Order("web", Role.SOURCE, "web", Kind.SIGNATURE, null, null, "whsec_secret");
    assertEquals("a signature key of source for web", order.toString());
    var kept = get(journal.access().keys()).get(0);
    assertFalse(kept.proof().contains(secret));
    assertFalse(kept.toString().contains(kept.proof()));
  }

  @Test
  void aRevokedKeyOpensNothingFromThatMomentAlsoAfterARestart() {
    Made made = operator("ana", null);
    get(keys.revoke(made.key().id()));
    assertTrue(keys.bearer(made.secret()).isEmpty());
    assertTrue(started(2).bearer(made.secret()).isEmpty());
    assertTrue(get(keys.revoke("nobody")).isEmpty());
  }

  @Test
  void aKeyOpensAfterARestartAndOnAnInstanceThatLooksWhatOthersMadeOrEnded() {
    Made made = operator("ana", null);
    Keys other = started(2);
    assertEquals("ana", other.bearer(made.secret()).orElseThrow().name());
    Made later = operator("ben", null);
    assertTrue(other.bearer(later.secret()).isEmpty());
    AccessKey ended = get(keys.revoke(made.key().id())).orElseThrow();
    assertEquals(made.key().id(), ended.id());
    get(other.lookAtOthers());
    assertEquals("ben", other.bearer(later.secret()).orElseThrow().name());
    assertTrue(other.bearer(made.secret()).isEmpty());
  }

  @Test
  void nobodysKeyIsRotated() {
    assertTrue(get(keys.rotate("nobody", Duration.ofHours(1), "ben", null)).isEmpty());
    assertEquals(List.of(), keys.list());
  }

  @Test
  void aKeyWithAnEndOpensUntilThen() {
    Made made = operator("ana", Samples.NOON.plusSeconds(60));
    pass(Duration.ofSeconds(59));
    assertTrue(keys.bearer(made.secret()).isPresent());
    pass(Duration.ofSeconds(1));
    assertTrue(keys.bearer(made.secret()).isEmpty());
  }

  @Test
  void whileOneKeyTakesAnothersPlaceBothOpen() {
    Made old = operator("ana", null);
    Made next = get(keys.rotate(old.key().id(), Duration.ofHours(1), "ben", null)).orElseThrow();
    assertNotEquals(old.secret(), next.secret());
    assertTrue(keys.bearer(old.secret()).isPresent());
    assertEquals("ana", keys.bearer(next.secret()).orElseThrow().name());
    pass(Duration.ofHours(1));
    assertTrue(keys.bearer(old.secret()).isEmpty());
    assertTrue(keys.bearer(next.secret()).isPresent());
  }

  @Test
  void aSourcesSigningSecretsAreItsLiveOnesAndOpenNothingAsBearers() {
    String given = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    Made ours = signing("web", null);
    Made theirs = signing("web", given);
    signing("fair", null);
    assertEquals(given, theirs.secret());
    assertEquals(
        List.of(ours.secret(), given),
        keys.signing("web").stream().map(AccessBook.KeptKey::proof).toList());
    assertTrue(keys.bearer(ours.secret()).isEmpty());
    get(keys.revoke(ours.key().id()));
    assertEquals(1, keys.signing("web").size());
  }

  @Test
  void whenAKeyWasLastUsedIsShownAtOnceAndKeptWithinAMinute() {
    Made made = operator("ana", null);
    pass(Duration.ofSeconds(5));
    keys.bearer(made.secret());
    Instant used = Samples.NOON.plusSeconds(5);
    assertEquals(used, keys.list().get(0).lastUsedAt());
    pass(Duration.ofMinutes(1));
    assertEquals(used, get(journal.access().keys()).get(0).key().lastUsedAt());
    assertEquals(used, keys.list().get(0).lastUsedAt());
    keys.bearer(made.secret());
    Instant again = timers.now();
    pass(Duration.ofMinutes(1));
    assertEquals(again, get(journal.access().keys()).get(0).key().lastUsedAt(), "each minute");
  }

  private void pass(Duration time) {
    timers.runUntil(timers.now().plus(time));
  }

  private Keys started(long seed) {
    var made = new Keys(journal.access(), timers, new Random(seed));
    get(made.start());
    return made;
  }

  private Made operator(String name, @Nullable Instant end) {
    return get(keys.add(new Order(name, Role.OPERATOR, null, Kind.BEARER, end, null, null)));
  }

  private Made signing(String source, @Nullable String secret) {
    return get(
        keys.add(new Order(source, Role.SOURCE, source, Kind.SIGNATURE, null, null, secret)));
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
