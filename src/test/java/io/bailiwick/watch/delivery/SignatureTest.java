package io.bailiwick.watch.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";

  @Test
  void itSignsAsThePublishedVectorOfStandardWebhooks() {
    assertEquals(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        Signature.of(SECRET).sign(ID, 1_614_265_330, "{\"test\": 2432232314}"));
  }

  @Test
  void thePublishedVectorVerifiesAndNothingElseOfItsKindDoes() {
    byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    String right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    Signature ours = Signature.of(SECRET);
    assertTrue(ours.verifies(ID, 1_614_265_330, body, right));
    assertTrue(ours.verifies(ID, 1_614_265_330, body, "v1,other v2,later " + right));
    assertFalse(ours.verifies(ID, 1_614_265_331, body, right));
    assertFalse(ours.verifies(ID + "x", 1_614_265_330, body, right));
    assertFalse(ours.verifies(ID, 1_614_265_330, body, right.replace("v1", "v1a")));
    assertFalse(ours.verifies(ID, 1_614_265_330, body, ""));
    for (int bit = 0; bit < body.length * 8; bit++) {
      byte[] changed = body.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertFalse(ours.verifies(ID, 1_614_265_330, changed, right), "bit " + bit);
    }
  }

  @Test
  void whileOneSecretReplacesAnotherBothSign() {
    String other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    String both = Signature.of(SECRET + " " + other).sign(ID, 1, "{}");
    assertEquals(
        Signature.of(SECRET).sign(ID, 1, "{}") + " " + Signature.of(other).sign(ID, 1, "{}"), both);
  }

  @Test
  void aSecretThatIsNoneIsToldWithoutShowingIt() {
    for (String bad : List.of("plain", "whsec_short", "whsec_***", "whsec_" + "A".repeat(200))) {
      var refused = assertThrows(IllegalArgumentException.class, () -> Signature.of(bad));
      assertFalse(refused.getMessage().contains(bad), bad);
    }
  }
}
