package io.bailiwick.flow;

import static io.bailiwick.lead.Samples.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.bailiwick.flow.TokenBook.Access;
import io.bailiwick.flow.TokenBook.Ask;
import io.bailiwick.flow.TokenBook.Grant;
import io.bailiwick.lead.Samples;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GrantTest {

  @Test
  void aTokenIsRenewedFiveMinutesBeforeItsEndOrAQuarterOfAShortLife() {
    assertEquals(NOON.plusSeconds(3_300), renewal(Duration.ofHours(1)));
    assertEquals(NOON.plusSeconds(900), renewal(Duration.ofMinutes(20)));
    assertEquals(NOON.plusSeconds(45), renewal(Duration.ofMinutes(1)));
  }

  private static Instant renewal(Duration life) {
    return new Access("secret", NOON, NOON.plus(life), null).renewAt();
  }

  @Test
  void otherWordsAreAnotherGrantAndAnotherSecretIsNot() {
    Grant grant = new Grant("https://a.example", "id", "one", "token");
    assertEquals(32, grant.key().length());
    assertEquals(grant.key(), new Grant("https://a.example", "id", "two", "token").key());
    assertNotEquals(grant.key(), new Grant("https://b.example", "id", "one", "token").key());
    assertNotEquals(grant.key(), new Grant("https://a.example", "other", "one", "token").key());
    assertNotEquals(grant.key(), new Grant("https://a.example", "id", "one", "other").key());
  }

  @Test
  void noTextOfThemHoldsASecret() {
    Grant grant = new Grant("https://a.example", "id", "secret", "secret");
    assertEquals("Grant[id at https://a.example]", grant.toString());
    Access access = new Access("secret", NOON, NOON.plusSeconds(60), null);
    assertEquals("Access[2026-01-15T12:00:00Z to 2026-01-15T12:01:00Z]", access.toString());
    String ask = new Ask("key", "secret", NOON, Duration.ofSeconds(9)).toString();
    assertEquals("Ask[key at 2026-01-15T12:00:00Z]", ask);
    var arrival = new Intake.Arrival(Samples.lead("1"), "{\"secret\":1}");
    assertFalse(arrival.toString().contains("secret"));
    assertEquals("Arrival[" + arrival.lead() + "]", arrival.toString());
  }
}
