package io.bailiwick.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.Rate;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceMappingTest {

  @Test
  void aPublicSourceSaysItsOriginsItsTrapItsRateAndWhereFormsGo() {
    SourceMapping mapping =
        SourceMapping.parse(
            "form",
            """
            public:
              origins: [https://www.example.com, http://localhost:3000]
              honeypot: fax
            rate: 20/30s
            redirect: [https://www.example.com/thanks, https://www.example.com/merci]
            """);
    assertEquals(
        new PublicForm(List.of("https://www.example.com", "http://localhost:3000"), "fax"),
        mapping.form());
    assertEquals(new Rate(20, Duration.ofSeconds(30)), mapping.rate());
    assertEquals(URI.create("https://www.example.com/thanks"), mapping.redirects().get(0));
    assertTrue(mapping.ignores("fax") && mapping.ignores("_redirect"));
  }

  @Test
  void withoutAWordAPublicSourceHasARateAndAnyOtherHasNone() {
    assertEquals(
        new Rate(60, Duration.ofMinutes(1)),
        SourceMapping.parse("a", "public: {origins: 'https://a.example'}").rate());
    assertNull(SourceMapping.parse("b", "fields: {Mail: email}").rate());
  }

  @Test
  void eachMistakeIsToldWithTheFileAndWhatMayStandThere() {
    Map.of(
            "rate: fast", "600/1m",
            "rate: 0/1m", "600/1m",
            "rate: 5/0s", "600/1m",
            "public: {}", "public needs origins",
            "public: {origins: ['https://a.example/form']}", "a scheme and a host",
            "public: {origins: ['*']}", "public.origins must be an http or https URL",
            "public: {hosts: ['https://a.example']}", "use origins, honeypot",
            "redirect: 'javascript:alert(1)'", "redirect must be an http or https URL",
            "colour: red", "use fields, redirect, rate, public")
        .forEach(
            (yaml, part) -> {
              var wrong =
                  assertThrows(
                      IllegalArgumentException.class, () -> SourceMapping.parse("web", yaml));
              assertTrue(wrong.getMessage().startsWith("web.yaml"), wrong.getMessage());
              assertTrue(wrong.getMessage().contains(part), wrong.getMessage());
            });
  }
}
