package io.bailiwick.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every documented error on demand, over HTTP, as Zoho's pages have it. */
@Timeout(60)
class ErrorRowIT {

  private static final String ROWS =
      """
      INVALID_TERRITORY | 400 | INVALID_DATA | the id given seems to be invalid | {'api_name':'id','json_path':'$.data[1].Territories[0].id'}
      INVALID_RECORD | 400 | INVALID_DATA | the id given seems to be invalid | {'api_name':'id','json_path':'$.data[1].id'}
      INVALID_RECORD_IN_ADDRESS | 400 | INVALID_DATA | The record Id given seems to be invalid | {'resource_path_index':1}
      MANDATORY_FIELD | 400 | MANDATORY_NOT_FOUND | required field not found | {'api_name':'Territories','json_path':'$.data[1].Territories'}
      MANDATORY_PARAMETER | 400 | MANDATORY_NOT_FOUND | One of the expected parameter is missing | {'api_name':'Territories','json_path':'$.data[1].Territories'}
      DUPLICATE_DATA | 400 | DUPLICATE_DATA | Given Territory already exists for that record | {'api_name':'id','json_path':'$.data[1].Territories[0].id'}
      ALREADY_USED | 400 | ALREADY_USED | duplicate territory id found | {'exists_in':{'json_path':'$.data[1].Territories[0].id'},'api_name':'id','json_path':'$.data[1].Territories[1].id'}
      ALREADY_SCHEDULED | 400 | ALREADY_SCHEDULED | a territory job is already scheduled | {'id':'8'}
      TOO_MANY_TERRITORIES | 400 | LIMIT_EXCEEDED | Maximum limit of territories for that record exceeds | {'api_name':'Territories','json_path':'$.data[1].Territories','limit':10}
      TOO_MANY_RECORDS | 400 | LIMIT_EXCEEDED | count of records in your request exceeds the limit | {'api_name':'data','maximum_length':100}
      RECORD_LOCKED | 400 | RECORD_LOCKED | Sorry, you cannot perform this operation as the record is locked. | {'id':'8','action':'record_locking'}
      NOT_SUPPORTED | 400 | NOT_SUPPORTED | the api is not supported for this module | {'resource_path_index':0}
      INVALID_MODULE | 400 | INVALID_MODULE | the module name given seems to be invalid | {}
      FEATURE_NOT_ENABLED | 400 | FEATURE_NOT_ENABLED | Territory Management is not enabled | {}
      FEATURE_DISABLED | 400 | FEATURE_NOT_ENABLED | Territory Management is disabled | {}
      FEATURE_NOT_ENABLED_FOR_LEADS | 400 | FEATURE_NOT_ENABLED | Territory Management is not enabled for Leads Module | {}
      AUTHORIZATION_FAILED | 400 | AUTHORIZATION_FAILED | User does not have sufficient privilege to update records | {}
      NO_PERMISSION_ADD | 401 | NO_PERMISSION | User has no permission to add / remove the Territories | {'api_name':'id','json_path':'$.data[1].Territories'}
      NO_PERMISSION_ASSIGN | 401 | NO_PERMISSION | User has no permission to assign/remove this territory | {'api_name':'id','json_path':'$.data[1].Territories'}
      AUTHENTICATION_FAILURE | 401 | AUTHENTICATION_FAILURE | Authentication failed | {}
      INVALID_TOKEN | 401 | INVALID_TOKEN | invalid oauth token | {}
      OAUTH_SCOPE_MISMATCH | 401 | OAUTH_SCOPE_MISMATCH | invalid oauth scope to access this URL | {}
      UNAUTHORIZED | 401 | OAUTH_SCOPE_MISMATCH | Unauthorized | {}
      TERRITORY_NOT_ENABLED_FOR_LEADS | 403 | TERRITORY_NOT_ENABLED | the territory feature is not enabled for Leads Module | {}
      TERRITORY_NOT_ENABLED | 403 | TERRITORY_NOT_ENABLED | the territory feature is not enabled | {}
      TERRITORY_DISABLED | 403 | TERRITORY_DISABLED | the territory feature is disabled | {}
      NO_PERMISSION_UPDATE | 403 | NO_PERMISSION | User has no permission to update the record | {'api_name':'id','json_path':'$.data[1].id'}
      NO_PERMISSION_UPDATE_IN_ADDRESS | 403 | NO_PERMISSION | User has no permission to update the record | {'resource_path_index':1}
      NO_PERMISSION_VIEW | 403 | NO_PERMISSION | permission denied | {'permissions':['Crm_Implied_View_Leads']}
      INVALID_URL_PATTERN | 404 | INVALID_URL_PATTERN | Please check if the URL trying to access is a correct one | {}
      TOO_MANY_REQUESTS | 429 | TOO_MANY_REQUESTS | too many requests fired in the given time | {}
      INTERNAL_ERROR | 500 | INTERNAL_ERROR | Internal Server Error | {}
      INTERNAL_SERVER_ERROR | 500 | INTERNAL_SERVER_ERROR | Internal Server Error | {}
      """;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final SandboxModel model = Samples.model(false);
  private int port;

  @BeforeEach
  void start() throws Exception {
    port = new SandboxServer(vertx, model).start().toCompletableFuture().get(10, TimeUnit.SECONDS);
    order("{'do':'setAssigning','delay':null}");
    for (String id : new String[] {"7", "8"}) {
      order("{'do':'addRecord','module':'Leads','id':'" + id + "'}");
    }
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void every_row_can_be_provoked_and_is_as_documented() throws Exception {
    Set<String> told = new TreeSet<>();
    for (String line : ROWS.lines().toList()) {
      String[] row = line.split(" \\| ");
      told.add(row[0]);
      provoked(row);
    }
    Set<String> known = new TreeSet<>();
    Arrays.stream(ErrorRow.values()).map(ErrorRow::name).forEach(known::add);
    assertEquals(known, told);
  }

  /** Provokes it for the second record of a call; then it is used up. */
  private void provoked(String[] row) throws Exception {
    boolean ofRecord = !ErrorRow.valueOf(row[0]).ofCall();
    String record = ofRecord ? ",'record':'8'" : "";
    String fault = "{'kind':'answer','row':'" + row[0] + "','times':1" + record + "}";
    order("{'do':'setFaults','faults':[" + fault + "]}");
    HttpResponse<String> answer = assign("7", "8");
    JsonNode body = json(answer.body());
    String expected =
        "{'code':'%s','details':%s,'message':'%s','status':'error'}"
            .formatted(row[2], row[4], row[3]);
    int status = Integer.parseInt(row[1]);
    if (ofRecord) {
      assertEquals(207, answer.statusCode(), row[0]);
      assertEquals("SUCCESS", body.at("/data/0/code").asText(), row[0]);
      assertEquals(json(expected), body.at("/data/1"), row[0]);
      order("{'do':'setFaults','faults':[{'kind':'answer','row':'" + row[0] + "','times':1}]}");
      assertEquals(status, assign("8").statusCode(), row[0]);
    } else {
      assertEquals(json(expected), body, row[0]);
      assertEquals(status, answer.statusCode(), row[0]);
      assertEquals(200, assign("7", "8").statusCode(), row[0]);
    }
    order("{'do':'reset'}");
    start_again();
  }

  private void start_again() throws Exception {
    order("{'do':'setAssigning','delay':null}");
    order("{'do':'addRecord','module':'Leads','id':'7'}");
    order("{'do':'addRecord','module':'Leads','id':'8'}");
  }

  @ParameterizedTest
  @CsvSource({"NO_PERMISSION_UPDATE, 403", "RECORD_LOCKED, 400"})
  void the_classic_dialect_and_updates_answer_them_too(String row, int status) throws Exception {
    String fault = "{'kind':'answer','row':'" + row + "'}";
    order("{'do':'setFaults','faults':[" + fault + "]}");
    for (String version : new String[] {"v2", "v8"}) {
      String body = "{'data':[{'Last_Name':'Diaz'}]}";
      HttpResponse<String> answer = send("PUT", "/crm/" + version + "/Leads/7", body);
      assertEquals(status, answer.statusCode(), answer.body());
      assertTrue(answer.body().contains("\"status\":\"error\""), answer.body());
    }
    String bulk = "{'data':[{'id':'7','Territory':'1'},{'id':'8','Territory':'1'}]}";
    JsonNode items = json(send("PUT", "/crm/v2/Leads", bulk).body()).path("data");
    assertEquals("8", items.at("/1/details/id").asText());
  }

  private HttpResponse<String> assign(String... ids) throws Exception {
    StringBuilder data = new StringBuilder();
    for (String id : ids) {
      String item = "{'id':'" + id + "','Territories':[{'id':'1'}]}";
      data.append(data.isEmpty() ? "" : ",").append(item);
    }
    return send("POST", "/crm/v8/Leads/actions/assign_territories", "{'data':[" + data + "]}");
  }

  private void order(String order) throws Exception {
    HttpResponse<String> answer = send("POST", "/sandbox/control", order);
    assertEquals(200, answer.statusCode(), answer.body());
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Zoho-oauthtoken sandbox-token")
            .method(method, BodyPublishers.ofString(body.replace('\'', '"')));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(String text) throws Exception {
    return Json.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
