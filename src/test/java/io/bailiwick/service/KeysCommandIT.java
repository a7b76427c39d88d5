package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.service.JarProcess.Ended;
import io.bailiwick.service.RunningService.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys on the built jar: made before the service runs, used, exchanged and revoked beside it. */
class KeysCommandIT {

  @TempDir Path folder;

  @Test
  void theFirstKeyIsMadeBeforeTheServiceRunsAndAllOthersBesideIt() throws IOException {
    Map<String, String> environment = new HashMap<>(JarProcess.demo(folder));
    environment.put("BAILIWICK_HTTP_ACCESS", "keys");
    Ended first = JarProcess.run(environment, "keys", "add", "ana", "--role", "operator", "--demo");
    assertEquals(0, first.exit(), first.err());
    String ana = first.out().strip();
    assertTrue(ana.matches("bw_[0-9a-f]{12}_[A-Za-z0-9_-]{43}"), "the secret, and nothing else");
    try (var service = JarProcess.start(folder, environment, "serve", "--demo")) {
      String url = service.url();
      assertEquals(401, get(url, "/v1/leads", "").status());
      assertEquals(200, get(url, "/v1/leads", ana).status());
      Answer unknown = get(url, "/readyz", "");
      assertFalse(unknown.body().has("rulebook"), unknown.text());
      assertTrue(get(url, "/readyz", ana).body().has("rulebook"));
      Ended made =
          JarProcess.run(
              environment, "keys", "add", "--role", "source", "--source", "web", "--demo");
      String web = made.out().strip();
      Answer posted =
          RunningService.postTo(url, Guarded.lead("1"), "Authorization", "Bearer " + web);
      assertEquals(202, posted.status(), posted.text());
      String list = JarProcess.run(environment, "keys", "list", "--demo").out();
      assertTrue(list.contains("ana") && list.contains("web"), list);
      assertFalse(list.contains(web) || list.contains(ana), "no secret is said again");
      String id = web.substring(3, 15);
      Ended next = JarProcess.run(environment, "keys", "rotate", id, "--grace", "0s", "--demo");
      assertEquals(0, next.exit(), next.err());
      assertEquals(401, get(url, "/v1/leads", web).status());
      assertEquals(200, get(url, "/v1/leads", next.out().strip()).status());
      String anas = ana.substring(3, 15);
      assertEquals(0, JarProcess.run(environment, "keys", "revoke", anas, "--demo").exit());
      assertEquals(401, get(url, "/v1/leads", ana).status());
      assertEquals(1, JarProcess.run(environment, "keys", "revoke", "none", "--demo").exit());
      assertEquals(64, JarProcess.run(environment, "keys", "add", "x", "--role", "god").exit());
      service.stop();
      nothingHolds(web.substring(16), ana.substring(16));
    }
  }

  @Test
  void anAddressThatOthersReachIsRefusedWithoutAccessControl() {
    Map<String, String> environment = new HashMap<>(JarProcess.demo(folder));
    environment.put("BAILIWICK_HTTP_HOST", "0.0.0.0");
    Ended refused = JarProcess.run(environment, "serve", "--demo");
    assertEquals(1, refused.exit());
    assertTrue(refused.err().contains("http.access is open"), refused.err());
    assertTrue(refused.err().contains("bailiwick keys add NAME --role operator"), refused.err());
  }

  /** Neither a file of the journal nor the log has a secret. */
  private void nothingHolds(String... secrets) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        for (String secret : secrets) {
          assertFalse(text.contains(secret), file.toString());
        }
      }
    }
  }

  private static Answer get(String url, String path, String key) {
    var request = HttpRequest.newBuilder(URI.create(url + path));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    return RunningService.send(request.build());
  }
}
