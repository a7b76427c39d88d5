package io.bailiwick.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.wire.Exchange.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrmDescriptionTest {

  private final CrmDescription described = new CrmDescription();

  private List<String> flaws(String first, String body, int status, String answer) {
    var call = new Message(first, Map.of("authorization", "Bearer x"), body.replace('\'', '"'));
    String line = "HTTP/1.1 " + status + " x";
    var told = new Message(line, Map.of(), answer.replace('\'', '"'));
    return described.flaws(new Exchange(call, told));
  }

  @Test
  void each_operation_names_its_source_and_each_schema_is_used() {
    List<String> without = new ArrayList<>();
    for (JsonNode path : described.root().path("paths")) {
      for (JsonNode operation : path) {
        if (operation.path("x-source").asText().length() < 10) {
          without.add(operation.path("operationId").asText());
        }
      }
    }
    assertEquals(List.of(), without);
    String text = described.root().toString();
    described
        .root()
        .at("/components/schemas")
        .fieldNames()
        .forEachRemaining(
            name -> assertTrue(text.contains("#/components/schemas/" + name + "\""), name));
  }

  @Test
  void the_seed_contracts_exchange_is_as_described() {
    String done =
        "{'data':[{'code':'SUCCESS','details':{'id':'7'},'message':'record updated',"
            + "'status':'success'}]}";
    String wrong =
        "{'code':'INVALID_DATA','details':{'api_name':'Territory'},"
            + "'message':'invalid territory id'}";
    String call = "PUT /crm/v2/Leads/7 HTTP/1.1";
    assertEquals(List.of(), flaws(call, "{'Territory':'1'}", 200, done));
    assertEquals(List.of(), flaws(call, "{'Territory':'1'}", 400, wrong));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PUT /crm/v2/Leads/7 HTTP/1.1|{'Territory':7}|400|{'code':'x','details':{},'message':'x'}",
        "PUT /crm/v2/Leads/7 HTTP/1.1|{'Territory':'7'}|400|{'code':'x'}",
        "PUT /crm/v2/Leads/7 HTTP/1.1|{'Territory':'7'}|418x|{}",
        "GET /crm/v8/settings/territories?per_page=201 HTTP/1.1||204|",
        "GET /crm/v8/settings/territories?size=2 HTTP/1.1||204|",
        "GET /crm/v8/settings/territories HTTP/1.1||200|{'territories':[{'id':'1','name':'x',"
            + "'manager':null,'reporting_to':null,'api_enabled':true}]}",
        "GET /crm/v8/settings/territories HTTP/1.1||200|",
        "GET /crm/v8/settings/territories HTTP/1.1|{}|204|",
        "GET /crm/v8/settings/nothing/of/it HTTP/1.1||204|",
        "POST /crm/v8/Leads/7/actions/assign_territories HTTP/1.1|{'data':[]}|400|"
            + "{'code':'x','details':{},'message':'x'}"
      })
  void what_is_not_as_described_is_told(String first, String body, String status, String answer) {
    int number = Integer.parseInt(status.replace("418x", "202"));
    List<String> flaws =
        flaws(first, body == null ? "" : body, number, answer == null ? "" : answer);
    assertEquals(1, Math.min(1, flaws.size()), first + " " + body + " " + answer);
  }
}
