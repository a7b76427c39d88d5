package io.bailiwick.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.fuzz.Fuzz;
import io.bailiwick.json.Json;
import io.bailiwick.json.LeadJson;
import io.bailiwick.json.Refusal;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Lead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Bodies of posted leads, made bad: refused with a status below 500, or leads as they stand. */
class AcceptFuzzIT {

  private static final List<String> TYPES =
      List.of("application/json", "application/x-ndjson", "application/x-www-form-urlencoded");

  private static final List<byte[]> BODIES =
      Stream.of(
              """
              {"crmId":"3652397000009999001","module":"Leads","source":"web","email":"ana@acme.example",\
              "firstName":"Ana","country":"US","region":"CA","employees":1200,"annualRevenue":2.5e8,\
              "revision":1,"attributes":{"Partner_Tier":"gold"}}""",
              "[{\"crmId\":\"1\",\"country\":\"DE\"},{\"crmId\":\"2\",\"language\":\"de\"}]",
              "{\"crmId\":\"1\"}\n{\"crmId\":\"2\",\"city\":\"Köln\",\"postalCode\":\"50667\"}\n",
              "crmId=7&country=US&email=a%40b.example&attributes.Tier=gold&_redirect=x",
              "{\"email\":\"a@b.example\",\"lastName\":\"Diaz\",\"website\":\"https://a.example\"}")
          .map(body -> body.getBytes(StandardCharsets.UTF_8))
          .toList();

  private static final List<String> WORDS =
      List.of(
          "\"",
          "\\u0000",
          "\\ud800",
          "\\",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "null",
          "true",
          "1e999",
          "-0",
          "NaN",
          "99999999999999999999",
          "0.1",
          "\"crmId\":",
          "\"module\":\"Accounts\"",
          "\"revision\":9223372036854775807",
          "\"attributes\":{",
          "\"attributes\":[]",
          "%00",
          "%zz",
          "%ff",
          "&",
          "=",
          "\n",
          "\r\n",
          "\uFEFF",
          "\u2028",
          "[".repeat(40),
          "x".repeat(300),
          "💥",
          "${jndi:ldap://x}",
          "=cmd()",
          "\u001b[31m");

  @Test
  void whateverIsPostedIsRefusedOrIsALeadThatStaysAsItIs() {
    var bodies = new LeadBodies(HttpSettings.DEFAULT);
    new Fuzz("bodies of leads", BODIES, WORDS)
        .run(
            250_000,
            (body, random) -> {
              String type = TYPES.get(random.nextInt(TYPES.size()));
              try {
                boolean taken = false;
                for (LeadBodies.Item item : bodies.parse(type, body, SourceMapping.PLAIN).items()) {
                  taken |= stays(item.read());
                }
                return taken;
              } catch (Refusal refusal) {
                assertTrue(refusal.problem().type().status() < 500, refusal::toString);
                return false;
              }
            });
  }

  /** What is kept of it reads as the same lead again. */
  private static boolean stays(LeadJson.Read read) throws Exception {
    Lead lead = read.lead();
    assertEquals(lead == null, !read.flaws().isEmpty(), "refused with a reason, or taken");
    if (lead == null) {
      return false;
    }
    byte[] posted = LeadJson.posted(lead).toString().getBytes(StandardCharsets.UTF_8);
    var again = LeadJson.read(Json.read(posted), "", SourceMapping.PLAIN, false);
    assertEquals(List.of(), again.flaws());
    assertEquals(LeadJson.digest(lead), LeadJson.digest(again.lead()));
    return true;
  }
}
