package io.bailiwick.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.sun.net.httpserver.HttpServer;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.TraceParent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The CRM is told an attempt's place in its trace, and none where there is none. */
class TraceHeaderIT extends WireGround {

  @Test
  void anAttemptCarriesItsPlaceInTheTrace() throws Exception {
    var heard = new AtomicReference<String>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          heard.set(exchange.getRequestHeaders().getFirst("traceparent"));
          byte[] body = SUCCESS.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    open.add(() -> server.stop(0));
    ZohoCrm crm = crm("http://127.0.0.1:" + server.getAddress().getPort(), 1);
    var place = new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
    given(crm.assign(new Assignment("Leads", "7", OURS.territory(), place)));
    assertEquals(place.header(), heard.get());
    given(crm.assign(OURS));
    assertNull(heard.get());
  }
}
