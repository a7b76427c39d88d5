package io.bailiwick.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.URI;
import org.junit.jupiter.api.Test;

class ConnectTextTest {

  private static final URI HOME = URI.create("https://www.zohoapis.eu");

  @Test
  void whereZohoKeepsTheApiElsewhereThanIsConfiguredItSaysWhatToSet() {
    assertNull(ConnectText.baseUrl("https://www.zohoapis.eu", HOME));
    assertEquals(
        "crm.base-url is https://www.zohoapis.com, and Zoho keeps this organisation's API at"
            + " https://www.zohoapis.eu, where calls go; set crm.base-url: https://www.zohoapis.eu",
        ConnectText.baseUrl("https://www.zohoapis.com", HOME));
    assertEquals(
        "crm.base-url is not set, and serve needs it; set crm.base-url: https://www.zohoapis.eu",
        ConnectText.baseUrl(null, HOME));
  }
}
