package io.bailiwick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PersonaTest {

  private static final String ROOT = "3652397000010000000";

  private static SandboxModel model(Persona persona) {
    var settings = SandboxSettings.STANDARD.withPort(0).withAdopt(true);
    return new SandboxModel(settings, persona.territories(), Persona.USER, new SettableClock())
        .opening(persona.orders());
  }

  private static ApiAnswer call(SandboxModel model, String method, String uri, String body) {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return new V8Dialect(model).answer(ApiCall.of(method, "/crm/v8/" + uri, bytes));
  }

  private static ApiAnswer assign(SandboxModel model, String module) {
    String body = "{'data':[{'Territories':[{'id':'" + ROOT + "'}]}]}";
    return call(model, "POST", module + "/7/actions/assign_territories", body);
  }

  @Test
  void the_large_one_has_five_thousand_territories_on_twenty_five_pages() {
    SandboxModel model = model(Persona.LARGE);
    Set<String> ids = new HashSet<>();
    Set<String> parents = new HashSet<>();
    int page = 0;
    boolean more = true;
    while (more) {
      JsonNode body =
          call(model, "GET", "settings/territories?per_page=200&page=" + ++page, "").body();
      body.path("territories").forEach(t -> ids.add(t.path("id").asText()));
      body.path("territories").forEach(t -> parents.add(t.at("/reporting_to/id").asText(ROOT)));
      more = body.at("/info/more_records").asBoolean();
    }
    assertEquals(25, page);
    assertEquals(5_000, ids.size());
    parents.remove("");
    assertTrue(ids.containsAll(parents), "each parent is there");
  }

  @Test
  void the_small_one_takes_leads_within_its_limits() {
    SandboxModel model = model(Persona.SMALL);
    assertEquals(202, assign(model, "Leads").status());
    assertEquals(5, model.calls().at("/limits/concurrency").asInt());
    assertEquals(10, model.calls().at("/limits/subConcurrency").asInt());
  }

  @Test
  void without_the_feature_every_call_about_territories_says_so_and_records_are_written() {
    SandboxModel model = model(Persona.FEATURE_OFF);
    assertEquals("FEATURE_NOT_ENABLED", code(assign(model, "Accounts")));
    assertEquals("FEATURE_NOT_ENABLED", code(call(model, "GET", "settings/territories", "")));
    String body = "{'data':[{'Last_Name':'Diaz'}]}";
    assertEquals(201, call(model, "POST", "Leads", body).status());
    assertFalse(call(model, "GET", "Leads/7", "").body().at("/data/0").has("Territories"));
  }

  @Test
  void where_leads_are_off_accounts_have_territories_and_leads_are_refused() {
    SandboxModel model = model(Persona.LEADS_OFF);
    ApiAnswer refused = assign(model, "Leads");
    assertEquals(403, refused.status());
    assertEquals("TERRITORY_NOT_ENABLED", code(refused));
    assertEquals(202, assign(model, "Accounts").status());
    assertEquals(202, assign(model, "Contacts").status());
  }

  @Test
  void a_persona_is_the_same_after_a_reset() throws IOException {
    SandboxModel model = model(Persona.LEADS_OFF);
    model.control(Json.mapper().readTree("{\"do\":\"setFeature\",\"leads\":true}"));
    assertEquals(202, assign(model, "Leads").status());
    model.control(Json.mapper().readTree("{\"do\":\"reset\"}"));
    assertEquals(403, assign(model, "Leads").status());
  }

  private static String code(ApiAnswer answer) {
    return answer.body().path("code").asText();
  }
}
