package io.bailiwick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.Nullable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The accounts server of the sandbox: as strict as Zoho's. */
class OAuthDeskTest {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String CLIENT =
      "client_id=" + OAuthBook.CLIENT_ID + "&client_secret=" + OAuthBook.CLIENT_SECRET;
  private static final String REFRESH =
      CLIENT + "&grant_type=refresh_token&refresh_token=" + OAuthBook.REFRESH_TOKEN;

  private final OAuthBook book = new OAuthBook();
  private Instant now = Instant.parse("2026-03-02T10:00:00Z");

  @Test
  void eachOfTheThreeEncodingsIsTaken() {
    String part = "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
    var multipart = new StringBuilder();
    for (String pair : REFRESH.split("&")) {
      String[] words = pair.split("=");
      multipart.append(part.formatted(words[0], words[1]));
    }
    token(ask("?" + REFRESH, null, ""));
    token(ask("", FORM, REFRESH));
    token(ask("", "multipart/form-data; boundary=b", multipart + "--b--\r\n"));
    JsonNode body = ask("", FORM, REFRESH).body();
    assertEquals("http://sandbox:8090", body.path("api_domain").asText(), "never a real domain");
    assertEquals(3600, body.path("expires_in").asInt());
  }

  @ParameterizedTest
  @CsvSource({
    "client_id=x&client_secret=x&grant_type=refresh_token, invalid_client",
    "client_id=1000.SANDBOXCLIENT&client_secret=x, invalid_client_secret",
    "C&grant_type=refresh_token&refresh_token=x, invalid_code",
    "C&grant_type=authorization_code&code=x, invalid_code",
    "C&grant_type=password, unsupported_grant_type",
    "'', invalid_client"
  })
  void anErrorComesWithStatus200(String form, String error) {
    ApiAnswer answer = ask("", FORM, form.replaceFirst("^C", CLIENT));
    assertEquals(200, answer.status());
    assertEquals(error, answer.body().path("error").asText());
  }

  @Test
  void theEleventhInTenMinutesIsDeniedAndTheNextGivenWhenTheFirstIsOld() {
    for (int i = 0; i < 10; i++) {
      token(ask("", FORM, REFRESH));
    }
    ApiAnswer denied = ask("", FORM, REFRESH);
    assertEquals(400, denied.status());
    assertEquals("Access Denied", denied.body().path("error").asText());
    now = now.plus(Duration.ofMinutes(10));
    token(ask("", FORM, REFRESH));
  }

  @Test
  void theSixteenthEndsTheOldestAndEachEndsAfterItsLife() {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      tokens.add(token(ask("", FORM, REFRESH)));
      now = now.plus(Duration.ofMinutes(2));
    }
    assertNull(refusal(tokens.get(0)));
    String newest = token(ask("", FORM, REFRESH));
    assertEquals("INVALID_TOKEN", refusal(tokens.get(0)));
    assertNull(refusal(tokens.get(1)));
    now = now.plus(Duration.ofHours(1));
    assertEquals("INVALID_TOKEN", refusal(newest));
  }

  @Test
  void aCodeIsGoodForOneExchangeWithinThreeMinutes() {
    String exchange = CLIENT + "&grant_type=authorization_code&code=";
    String code = book.addCode(null, now);
    JsonNode body = ask("", FORM, exchange + code).body();
    String refresh = body.path("refresh_token").asText();
    token(ask("", FORM, CLIENT + "&grant_type=refresh_token&refresh_token=" + refresh));
    assertEquals("invalid_code", ask("", FORM, exchange + code).body().path("error").asText());
    String late = book.addCode(null, now);
    now = now.plus(Duration.ofMinutes(3));
    assertEquals("invalid_code", ask("", FORM, exchange + late).body().path("error").asText());
  }

  @Test
  void aRevokedRefreshTokenGivesNoMoreAndWhatItGaveOpensOn() {
    String token = token(ask("", FORM, REFRESH));
    assertEquals(1, book.revoke());
    assertEquals("invalid_code", ask("", FORM, REFRESH).body().path("error").asText());
    assertNull(refusal(token));
    book.expire();
    assertEquals("INVALID_TOKEN", refusal(token));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /crm/v2/Leads/7, ZohoCRM.modules.leads.READ, true",
    "GET, /crm/v2/Leads/7, ZohoCRM.modules.ALL, true",
    "PUT, /crm/v2/Leads/7, ZohoCRM.modules.leads.READ, false",
    "PUT, /crm/v2/Leads/7, ZohoCRM.modules.leads.UPDATE, true",
    "PUT, /crm/v2/Accounts/7, ZohoCRM.modules.leads.ALL, false",
    "POST, /crm/v8/Leads/7/actions/assign_territories, ZohoCRM.modules.leads.UPDATE, true",
    "POST, /crm/v8/Leads, ZohoCRM.modules.leads.UPDATE, false",
    "GET, /crm/v8/settings/territories, ZohoCRM.settings.territories.READ, true",
    "GET, /crm/v8/settings/territories, ZohoCRM.settings.ALL, true",
    "GET, /crm/v8/settings/territories, ZohoCRM.users.READ, false",
    "GET, /crm/v2/users/7/territories, ZohoCRM.users.READ, false",
    "GET, /crm/v2/users, ZohoCRM.users.READ, true",
    "GET, /crm/v2/org, ZohoCRM.users.READ, false",
    "GET, /crm/v2/org, ZohoCRM.org.READ, true"
  })
  void aCallNeedsItsScope(String method, String path, String scope, boolean covered) {
    book.setScopes(OAuthScopes.of(scope));
    String token = token(ask("", FORM, REFRESH));
    ApiAnswer refusal = book.refusal(token, ApiCall.of(method, path, new byte[0]), now);
    assertEquals(covered, refusal == null);
    assertTrue(
        refusal == null || refusal.body().path("code").asText().equals("OAUTH_SCOPE_MISMATCH"));
  }

  private @Nullable String refusal(String token) {
    var call = ApiCall.of("GET", "/crm/v2/Leads/7", new byte[0]);
    ApiAnswer refusal = book.refusal(token, call, now);
    return refusal == null ? null : refusal.body().path("code").asText();
  }

  private ApiAnswer ask(String query, @Nullable String type, String body) {
    var asked = new OAuthDesk.Asked("POST", "/oauth/v2/token" + query, type, "http://sandbox:8090");
    return OAuthDesk.answer(book, asked, body.getBytes(StandardCharsets.UTF_8), now);
  }

  private static String token(ApiAnswer answer) {
    String token = answer.body().path("access_token").asText();
    assertTrue(token.startsWith("1000."), String.valueOf(answer.body()));
    return token;
  }
}
