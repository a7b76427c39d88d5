package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real service against a sandbox whose tokens end, die, and are made anew. */
class OAuthIT extends OAuthGround {

  private static final int LEADS = 1_000;

  @TempDir Path folder;

  @Test
  void aTokenThatEndsInTheMiddleOfAThousandSendsIsRenewedOnceAndNothingIsLost() {
    var more = withRefreshToken();
    // One more, for a reading that may be under way beside them.
    more.put("crm.max-in-flight", "1001");
    try (var service = new RunningService(folder, more, false)) {
      assertEquals(1, given(service), "to read the territories");
      service.control("{\"do\":\"setFaults\",\"faults\":[{\"kind\":\"latency\",\"millis\":3000}]}");
      List<String> ids = post(service, LEADS);
      RunningService.await(
          "all are on their way", () -> service.sandbox("calls").path("underWay").asInt() >= LEADS);
      service.control("{\"do\":\"setFaults\",\"faults\":[]}");
      JsonNode ended = service.control("{\"do\":\"expireTokens\"}");
      assertEquals(1, ended.path("tokens").asInt());
      ids.forEach(id -> service.awaitStatus(id, "assigned"));
      assertEquals(2, given(service), "one more");
      assertEquals(2, calls(service, "/oauth/v2/token", 200), "and no other was asked for");
      assertEquals(LEADS, calls(service, "/crm/v2/Leads/{id}", 401), "all were refused");
      assertEquals(LEADS, written(service), "and each is written once");
    }
  }

  @Test
  void aMissingScopeCostsNoTokenAndIsToldByItsMeaning() {
    try (var service = new RunningService(folder, withRefreshToken(), false)) {
      service.control(
          "{\"do\":\"setOAuth\",\"scopes\":\"ZohoCRM.settings.ALL,ZohoCRM.users.READ\"}");
      String id = service.postLead(lead(7)).body().path("id").asText();
      JsonNode waits = service.awaitStatus(id, "queued");
      assertEquals("crm_paused", waits.path("reason").asText(), waits::toString);
      assertTrue(
          waits.toString().contains("OAUTH_SCOPE_MISMATCH: the token lacks a scope"),
          waits::toString);
      RunningService.await(
          "it is tried again", () -> calls(service, "/crm/v2/Leads/{id}", 401) > 2);
      assertEquals(1, given(service), "no token was asked for in vain");
      service.control("{\"do\":\"setOAuth\",\"scopes\":\"ZohoCRM.modules.leads.ALL\"}");
      service.awaitStatus(id, "assigned");
      JsonNode doctor = service.get("/v1/doctor").body();
      assertTrue(doctor.toString().contains("the token may not read"), doctor::toString);
    }
  }

  @Test
  void aRestartGoesOnWithTheTokenThatWasKept() {
    try (var service = new RunningService(folder, withRefreshToken(), false)) {
      assertEquals(1, given(service));
    }
    try (var service = new RunningService(folder, withRefreshToken(), false)) {
      String id = service.postLead(lead(8)).body().path("id").asText();
      service.awaitStatus(id, "assigned");
      assertEquals(1, given(service), "none was asked for");
      JsonNode doctor = service.get("/v1/doctor").body();
      assertTrue(
          doctor.toString().contains("for the client " + CLIENT + ", good until"),
          doctor::toString);
    }
  }

  private static List<String> post(RunningService service, int leads) {
    List<String> ids = new ArrayList<>();
    for (int from = 0; from < leads; from += 100) {
      var body = new StringBuilder("[");
      for (int i = from; i < from + 100; i++) {
        body.append(i == from ? "" : ",").append(lead(100_000 + i));
      }
      service
          .postLead(body.append("]").toString())
          .body()
          .path("leads")
          .forEach(lead -> ids.add(lead.path("id").asText()));
    }
    assertEquals(leads, ids.size());
    return ids;
  }

  static String lead(int crmId) {
    return "{\"crmId\":\"" + crmId + "\",\"country\":\"US\",\"region\":\"CA\"}";
  }

  private static long written(RunningService service) {
    return service.sandbox("writes?limit=0").path("total").asLong();
  }

  private static long calls(RunningService service, String path, int status) {
    for (JsonNode line : service.sandbox("calls").path("calls")) {
      if (line.path("path").asText().equals(path) && line.path("status").asInt() == status) {
        return line.path("count").asLong();
      }
    }
    return 0;
  }
}
