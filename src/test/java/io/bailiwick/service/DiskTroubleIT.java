package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.disk.Disk;
import io.bailiwick.disk.Disk.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The built jar on a disk that is full, read-only or failing: no 202 then, and no restart after.
 */
class DiskTroubleIT {

  private static final Kind[] CHANGES = {
    Kind.OPEN, Kind.WRITE, Kind.SYNC, Kind.TRUNCATE, Kind.UNLINK
  };

  @TempDir Path folder;

  @ParameterizedTest(name = "errno {0}")
  @ValueSource(ints = {Disk.ENOSPC, Disk.EROFS, Disk.EIO})
  void noLeadIsAcceptedOnADiskThatTakesNothingAndAllGoesOnOnceItDoes(int error) throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Disk disk = Disk.below(data, folder);
    Map<String, String> environment = new HashMap<>(JarProcess.demo(data));
    environment.putAll(disk.environment(false));
    try (JarProcess service = JarProcess.start(folder, environment, "serve", "--demo")) {
      String url = service.url();
      String before = accepted(url, "1");
      disk.fail(error, CHANGES);
      for (int i = 0; i < 20; i++) {
        var refused = post(url, "2");
        assertEquals(503, refused.status(), refused.text());
        assertTrue(refused.text().contains("journal-unavailable"), refused.text());
        assertTrue(refused.headers().containsKey("retry-after"), "it says when to send it again");
      }
      RunningService.await(
          "the service says that it is not ready",
          () -> RunningService.get(url, "/readyz").status() == 503);
      assertEquals(200, RunningService.get(url, "/v1/leads/" + before).status());
      assertEquals(200, RunningService.get(url, "/metrics").status());
      disk.heal();
      String after = accepted(url, "2");
      RunningService.await(
          "the service is ready again", () -> RunningService.get(url, "/readyz").status() == 200);
      for (String id : new String[] {before, after}) {
        RunningService.await(
            "it is assigned",
            () ->
                RunningService.get(url, "/v1/leads/" + id)
                    .body()
                    .path("status")
                    .asText()
                    .equals("assigned"));
      }
      assertEquals(0, service.stop(), "stopped on request");
    }
  }

  private static String accepted(String url, String record) {
    var answer = post(url, record);
    assertEquals(202, answer.status(), answer.text());
    return answer.body().path("id").asText();
  }

  private static RunningService.Answer post(String url, String record) {
    String lead = "{\"crmId\":\"%s\",\"country\":\"US\",\"region\":\"CA\"}".formatted(record);
    return RunningService.postTo(url, lead, "Idempotency-Key", "key-" + record);
  }
}
