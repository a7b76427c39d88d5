package io.bailiwick.crm.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiDomainTest {

  private static final URI WWW = URI.create("https://www.zohoapis.com");

  @ParameterizedTest
  @EnumSource(DataCentre.class)
  void everyDataCentresOwnIsAllowedInItsEnvironment(DataCentre centre) {
    for (String environment : new String[] {"www", "sandbox", "developer"}) {
      String said = "https://" + environment + "." + centre.domain();
      URI configured = URI.create("https://" + environment + ".zohoapis.com");
      assertEquals(URI.create(said), ApiDomain.allowed(said, configured));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8090, http://127.0.0.1:8090/",
    "HTTPS://WWW.ZOHOAPIS.COM, https://www.zohoapis.com",
    "https://crm.example:443, https://crm.example/zoho"
  })
  void theConfiguredOneIsAllowedAndKeepsItsPath(String said, URI configured) {
    assertEquals(configured, ApiDomain.allowed(said, configured));
  }

  @Test
  void nothingSaidIsTheConfiguredOne() {
    assertEquals(WWW, ApiDomain.allowed(null, WWW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com",
        "https://www.zohoapis.com.evil.example",
        "https://evilzohoapis.com",
        "https://a.www.zohoapis.com",
        "https://zohoapis.com",
        "http://www.zohoapis.eu",
        "https://www.zohoapis.eu:8443",
        "https://user@www.zohoapis.eu",
        "https://www.zohoapis.com@evil.example",
        "//www.zohoapis.eu",
        "www.zohoapis.eu",
        "https://www.zohoapis.\neu",
        ""
      })
  void noOtherGetsAToken(String said) {
    assertThrows(IllegalArgumentException.class, () -> ApiDomain.allowed(said, WWW));
  }

  @Test
  void aTokenOfProductionDoesNotWriteWhereASandboxIsConfiguredNorTheOtherWay() {
    for (String[] pair : new String[][] {{"www", "sandbox"}, {"sandbox", "www"}}) {
      URI configured = URI.create("https://" + pair[0] + ".zohoapis.eu");
      var refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> ApiDomain.allowed("https://" + pair[1] + ".zohoapis.eu", configured));
      assertTrue(refused.getMessage().contains("set crm.base-url"), refused.getMessage());
    }
  }
}
