package io.bailiwick;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What the sandbox, a process of its own, says of the calls that it has. */
final class CrmSees {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private CrmSees() {}

  /** Whether a write has come to it that it has not answered yet. */
  static boolean aWriteUnderWay(String crm) {
    for (JsonNode call : calls(crm).path("calls")) {
      if (call.path("method").asText().equals("PUT") && call.path("end").isNull()) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode calls(String crm) {
    var request = HttpRequest.newBuilder(URI.create(crm + "/sandbox/calls/each?limit=50000"));
    try {
      return Json.read(CLIENT.send(request.build(), BodyHandlers.ofByteArray()).body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
