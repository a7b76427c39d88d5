package io.bailiwick.crm.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenReplyTest {

  private static TokenReply read(int status, String body) {
    return TokenReply.read(status, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anAnswerWithATokenIsGiven() {
    var given =
        assertInstanceOf(
            TokenReply.Given.class,
            read(
                200,
                "{'access_token':'1000.a','scope':'ZohoCRM.users.READ','api_domain':"
                    + "'https://www.zohoapis.eu','token_type':'Bearer','expires_in':3600}"));
    assertEquals("1000.a", given.token());
    assertEquals(Duration.ofHours(1), given.life());
    assertEquals("https://www.zohoapis.eu", given.apiDomain());
    assertEquals(null, given.refreshToken());
    assertFalse(given.toString().contains("1000.a"), "no secret comes into a log");
  }

  @ParameterizedTest
  @CsvSource({"200, invalid_code", "200, invalid_client", "400, invalid_client_secret"})
  void anErrorIsReadFromTheBodyWhateverTheStatus(int status, String word) {
    assertEquals(new TokenReply.Refused(word), read(status, "{'error':'" + word + "'}"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 429})
  void accessDeniedIsAskedTooOftenWhateverTheStatus(int status) {
    String body = "{'error_description':'x','error':'Access Denied','status':'failure'}";
    assertInstanceOf(TokenReply.TooOften.class, read(status, body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | <html>Sign in</html>",
        "200 | {}",
        "200 | []",
        "200 | {'access_token':'1000.a'}",
        "200 | {'access_token':'1000.a','expires_in':0}",
        "200 | {'access_token':'1000.a','expires_in':999999}",
        "200 | {'access_token':'two words','expires_in':3600}",
        "200 | {'access_token':7,'expires_in':3600}",
        "500 | {'error':'invalid_code'}",
        "302 | {'access_token':'1000.a','expires_in':3600}",
        "200 | {'error':'General Error'}"
      })
  void whatIsUnclearIsAFailureAndKillsNoRefreshToken(int status, String body) {
    assertInstanceOf(TokenReply.Failed.class, read(status, body));
  }
}
