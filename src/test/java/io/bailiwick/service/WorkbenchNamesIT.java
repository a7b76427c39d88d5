package io.bailiwick.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.bailiwick.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Names that people or the CRM give are text on each page that shows them, however hostile. */
@Timeout(240)
class WorkbenchNamesIT {

  private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'{{7*7}}${1}&amp;/..%2f";

  @TempDir static Path folder;
  private static Chromium chromium;
  private static RunningService service;
  private final Page page = chromium.page(ColorScheme.LIGHT);

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.start();
    service = new RunningService(folder, Map.of("rules.dir", "rules", "fixtures.dir", "fixtures"));
  }

  @AfterEach
  void nothingWasComplainedOf() {
    page.context().close();
    assertEquals(List.of(), chromium.complaints());
  }

  @AfterAll
  static void stop() {
    if (service != null) {
      service.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void aTerritorysNameIsTextInTheTreeOnItsOwnPageAndWhereTheSandboxSwitchesIt() {
    ObjectNode order = Json.mapper().createObjectNode().put("do", "addTerritory");
    service.control(order.put("name", HOSTILE).toString());
    service.post("/v1/territories/refresh", "{}");
    String own = "territories/" + URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8);
    for (String where : List.of("territories", own.replace("+", "%20"), "sandbox")) {
      shows(where);
    }
  }

  @Test
  void whoPausedAndWhyIsTextWherePeopleAreToldThatNothingIsSent() {
    ObjectNode pause = Json.mapper().createObjectNode().put("who", "ana").put("why", HOSTILE);
    assertEquals(200, service.post("/v1/pause", pause.toString()).status());
    shows("now");
    assertEquals(200, service.post("/v1/resume", "{}").status());
  }

  @Test
  void aKeyWithSuchANameIsRefused() {
    ObjectNode key = Json.mapper().createObjectNode().put("name", HOSTILE).put("role", "viewer");
    assertEquals(400, service.post("/v1/keys", key.toString()).status());
  }

  private void shows(String where) {
    page.onDialog(dialog -> chromium.complaints().add("a script ran: " + dialog.message()));
    page.navigate(service.url() + "/#/" + where);
    assertThat(page.locator("main h1")).isVisible();
    assertThat(page.getByText(HOSTILE).first()).isAttached();
    assertEquals(0, page.locator("main img").count(), where);
  }
}
