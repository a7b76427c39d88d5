package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.service.RunningService.Answer;
import io.bailiwick.watch.delivery.Signature;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leads that their source signs, as Standard Webhooks says. */
class SignedLeadsIT {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

  @TempDir static Path folder;
  private static Guarded guarded;

  @BeforeAll
  static void start() {
    guarded = new Guarded(folder, Map.of(), Map.of());
    String wish =
        "{\"role\":\"source\",\"source\":\"shop\",\"kind\":\"signature\",\"secret\":\"%s\"}";
    guarded.key(wish.formatted(SECRET));
  }

  @AfterAll
  static void stop() {
    guarded.close();
  }

  @Test
  void aSignedLeadIsTakenAsItsSources() {
    Answer taken = post("m1", now(), Guarded.lead("1"));
    assertEquals(202, taken.status(), taken.text());
    String id = taken.body().path("id").asText();
    Answer seen = guarded.service.command("/v1/leads/" + id);
    assertEquals("shop", seen.body().path("sender").asText());
  }

  @Test
  void aBodyChangedByOneBitIsRefusedWhateverTheBit() {
    String body = Guarded.lead("2");
    String signature = Signature.of(SECRET).sign("m2", now(), body);
    for (int i = 0; i < body.length(); i += 7) {
      String changed = body.substring(0, i) + (char) (body.charAt(i) ^ 1) + body.substring(i + 1);
      assertEquals(401, post("m2", now(), changed, signature).status(), "at " + i);
    }
  }

  @Test
  void aTimestampFarFromOurClockIsRefusedEitherWay() {
    assertEquals(401, post("m3", now() - 301, Guarded.lead("3")).status());
    assertEquals(401, post("m3", now() + 305, Guarded.lead("3")).status());
    assertEquals(202, post("m3", now() - 290, Guarded.lead("3")).status());
  }

  @Test
  void theSameMessageIsRefusedAndOneSentAgainByItsSourceIsAnsweredAsTheFirst() {
    long first = now();
    Answer taken = post("m4", first, Guarded.lead("4"));
    assertEquals(202, taken.status(), taken.text());
    assertEquals(401, post("m4", first, Guarded.lead("4")).status());
    Answer again = post("m4", first + 1, Guarded.lead("4"));
    assertEquals(taken.body(), again.body());
    assertEquals(
        401, post("m4", first + 2, Guarded.lead("44")).status(), "its id with another body");
  }

  @Test
  void whatIsNotSignedByALiveKeyOfThatSourceIsRefusedBeforeItIsRead() {
    String body = "{not even JSON";
    String wrong = Signature.of(OTHER).sign("m5", now(), body);
    assertEquals(401, post("m5", now(), body, wrong).status());
    assertEquals(401, post("m5", now(), body, "v1,").status());
    assertEquals(401, post("m5", now(), body, "v2," + wrong.substring(3)).status());
    assertEquals(401, post("m.5", now(), Guarded.lead("5")).status(), "a dot in the id");
    assertEquals(400, post("m5", now(), body).status(), "rightly signed, and then read");
  }

  @Test
  void whileOneSecretTakesAnothersPlaceEitherSignatureIsEnough() {
    String body = Guarded.lead("6");
    String right = Signature.of(SECRET).sign("m6", now(), body);
    String wrong = Signature.of(OTHER).sign("m6", now(), body);
    assertEquals(202, post("m6", now(), body, wrong + " " + right).status());
    String wish =
        "{\"role\":\"source\",\"source\":\"%s\",\"kind\":\"signature\",\"secret\":\"%s\"}";
    String both = "fair";
    String old = guarded.key(wish.formatted(both, SECRET)).path("id").asText();
    guarded.key(wish.formatted(both, OTHER));
    assertEquals(202, to(both, SECRET, "a1").status());
    assertEquals(202, to(both, OTHER, "a2").status());
    guarded.as(guarded.secret("operator"), "DELETE", "/v1/keys/" + old, "");
    assertEquals(401, to(both, SECRET, "a3").status());
    assertEquals(202, to(both, OTHER, "a4").status());
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }

  private static Answer to(String source, String secret, String id) {
    String body = Guarded.lead("7" + id.charAt(1));
    String signature = Signature.of(secret).sign(id, now(), body);
    return signed(source, id, now(), body, signature);
  }

  private static Answer post(String id, long seconds, String body) {
    return post(id, seconds, body, Signature.of(SECRET).sign(id, seconds, body));
  }

  private static Answer post(String id, long seconds, String body, String signature) {
    return signed("shop", id, seconds, body, signature);
  }

  private static Answer signed(
      String source, String id, long seconds, String body, String signature) {
    return guarded.as(
        "",
        "POST",
        "/v1/leads?source=" + source,
        body,
        "webhook-id",
        id,
        "webhook-timestamp",
        Long.toString(seconds),
        "webhook-signature",
        signature);
  }
}
