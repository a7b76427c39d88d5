package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.bailiwick.lead.CrmInspection;
import io.bailiwick.lead.CrmInspection.Step;
import io.bailiwick.lead.CrmInspection.Verdict;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an inspection tells one trouble from another, over real sockets. */
class InspectionIT extends WireGround {

  @Test
  void a_server_that_speaks_no_tls_is_told_as_tls() throws IOException {
    RawServer[] self = new RawServer[1];
    self[0] =
        server(
            socket -> {
              RawServer.write(socket, answer("{}"));
              self[0].awaitEnd(socket);
            });
    CrmInspection seen = given(crm("https://127.0.0.1:" + self[0].port(), 4).inspect());
    assertEquals(Verdict.TLS_FAILED, first(seen));
    assertEquals(true, seen.secure());
  }

  @Test
  void a_port_where_nobody_listens_is_unreachable() throws Exception {
    RawServer server = answering(answer("{}"));
    server.close();
    assertEquals(Verdict.UNREACHABLE, first(given(crm(server).inspect())));
  }

  @Test
  void a_server_that_never_answers_is_unreachable() throws IOException {
    RawServer[] self = new RawServer[1];
    self[0] = server(socket -> self[0].awaitEnd(socket));
    assertEquals(Verdict.UNREACHABLE, first(given(crm(self[0]).inspect())));
  }

  @Test
  void without_a_token_nothing_is_sent() throws IOException {
    RawServer server = answering(answer("{}"));
    var settings = CrmSettings.of(URI.create("http://127.0.0.1:" + server.port()));
    TokenSource none =
        () -> CompletableFuture.failedFuture(new IllegalStateException("the file is empty"));
    var crm = new ZohoCrm(vertx, settings, none, InstantSource.system());
    open.add(crm);
    CrmInspection seen = given(crm.inspect());
    assertEquals(Verdict.NO_TOKEN, first(seen));
    assertEquals(0, server.requests());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 OK | <html>Sign in</html> | UNREADABLE",
        "401 Unauthorized | {\"code\":\"INVALID_TOKEN\"} | TOKEN_REFUSED",
        "401 Unauthorized | {\"code\":\"OAUTH_SCOPE_MISMATCH\"} | SCOPE_MISSING",
        "401 Unauthorized | {\"code\":\"NO_PERMISSION\"} | FORBIDDEN",
        "400 Bad Request | {\"code\":\"FEATURE_NOT_ENABLED\"} | FEATURE_OFF",
        "403 Forbidden | {\"code\":\"TERRITORY_NOT_ENABLED\"} | FEATURE_OFF",
        "403 Forbidden | no | FORBIDDEN",
        "429 Too Many | {} | LIMITED",
        "502 Bad Gateway | no | UNREADABLE"
      })
  void an_answer_is_told_by_its_code_before_its_status(String status, String body, Verdict told)
      throws IOException {
    RawServer server =
        answering(
            "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body));
    CrmInspection seen = given(crm(server).inspect());
    assertEquals(List.of(told), seen.calls().stream().map(CrmInspection.Call::verdict).toList());
    assertNull(seen.reading());
    assertFalse(seen.toString().contains("secret"), seen.toString());
  }

  @Test
  void the_crms_time_is_that_of_its_answer_and_absent_where_it_tells_none() throws IOException {
    String dated =
        "HTTP/1.1 500 No\r\nDate: Thu, 15 Jan 2026 12:00:00 GMT\r\nContent-Length: 0\r\n\r\n";
    CrmInspection seen = given(crm(answering(dated)).inspect());
    assertEquals(Instant.parse("2026-01-15T12:00:00Z"), seen.serverTime());
    String garbage = "HTTP/1.1 500 No\r\nDate: yesterday\r\nContent-Length: 0\r\n\r\n";
    assertNull(given(crm(answering(garbage)).inspect()).serverTime());
  }

  private static Verdict first(CrmInspection seen) {
    return seen.call(Step.TERRITORIES).verdict();
  }

  private RawServer answering(String answer) throws IOException {
    RawServer[] self = new RawServer[1];
    self[0] =
        server(
            socket -> {
              self[0].readRequest(socket);
              RawServer.write(socket, answer);
              self[0].awaitEnd(socket);
            });
    return self[0];
  }
}
