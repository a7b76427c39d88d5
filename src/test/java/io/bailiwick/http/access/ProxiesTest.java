package io.bailiwick.http.access;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProxiesTest {

  @Test
  void addressesAndNetworksOfBothKindsAreTaken() {
    new Proxies(List.of("10.0.0.7", "10.0.0.0/8", "::1", "fd00::/8"));
  }

  @Test
  void whatIsNoneIsRefused() {
    for (String wrong : List.of("10.0.0.0/33", "10.0.0.0/x", "::1/129")) {
      assertThrows(IllegalArgumentException.class, () -> new Proxies(List.of(wrong)), wrong);
    }
  }
}
