package io.bailiwick.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page in a real browser, light and dark: accessible, silent, safe, and as one sees it. */
@Timeout(240)
class WorkbenchIT {

  private static final String HOSTILE = "<img src=x onerror=alert(1)>\"'{{7*7}}${1}";

  @TempDir static Path folder;
  private static Chromium chromium;
  private static RunningService service;
  private static String waiting;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.start();
    service = new RunningService(folder, Map.of("rules.dir", "rules", "fixtures.dir", "fixtures"));
    List<String> bodies =
        List.of(
            "{\"crmId\":\"1001\",\"country\":\"US\",\"region\":\"CA\",\"company\":\"Acme\"}",
            "{\"crmId\":\"1002\",\"country\":\"DE\",\"employees\":49,\"company\":\"Initech\"}",
            "{\"crmId\":\"1003\",\"country\":\"US\",\"employees\":9000,\"company\":\"Globex\"}",
            "{\"crmId\":\"1004\",\"company\":\"Umbrella\"}");
    for (String body : bodies) {
      service.postLead(body);
    }
    String refused = "{\"kind\":\"answer\",\"row\":\"NO_PERMISSION_UPDATE\",\"record\":\"100%d\"}";
    service.control(
        "{\"do\":\"setFaults\",\"faults\":[%s,%s]}"
            .formatted(refused.formatted(6), refused.formatted(7)));
    for (int i = 6; i < 8; i++) {
      String body = "{\"crmId\":\"100%d\",\"country\":\"FR\",\"company\":\"Hooli\"}";
      String parked = service.postLead(body.formatted(i)).body().path("id").asText();
      service.awaitStatus(parked, "parked");
    }
    waiting =
        service
            .postLead("{\"crmId\":\"1005\",\"country\":\"SE\",\"company\":\"Nordlys\"}")
            .body()
            .path("id")
            .asText();
    service.awaitStatus(waiting, "queued");
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

  @AfterEach
  void nothingWasComplainedOf() {
    assertEquals(List.of(), chromium.complaints());
  }

  @ParameterizedTest
  @EnumSource(names = {"LIGHT", "DARK"})
  void everyPageIsAccessibleAndIsPictured(ColorScheme scheme) throws IOException {
    Page page = chromium.page(scheme);
    for (Map.Entry<String, String> one : pages().entrySet()) {
      page.navigate(service.url() + "/" + one.getValue());
      assertThat(page.locator("main h1")).isVisible();
      assertThat(page.locator(".empty[role=status]")).hasCount(0);
      assertEquals(List.of(), Chromium.violations(page), one.getKey() + " " + scheme);
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(
                  Chromium.SHOTS.resolve(
                      one.getKey() + "-" + scheme.name().toLowerCase() + ".png")));
    }
    page.context().close();
  }

  @Test
  void noPageHasToBeScrolledSidewaysOnANarrowScreen() {
    Page page = chromium.page(ColorScheme.LIGHT, 360, 740);
    for (Map.Entry<String, String> one : pages().entrySet()) {
      page.navigate(service.url() + "/" + one.getValue());
      assertThat(page.locator("main h1")).isVisible();
      assertThat(page.locator(".empty[role=status]")).hasCount(0);
      @SuppressWarnings("unchecked")
      List<String> wide =
          (List<String>)
              page.evaluate(
                  """
                  () => document.documentElement.scrollWidth <= 360 ? []
                    : [...document.querySelectorAll('body *')]
                      .filter((one) => one.getBoundingClientRect().right > 361)
                      .map((one) => one.tagName + '.' + one.className).slice(0, 5)
                  """);
      assertEquals(List.of(), wide, one.getKey());
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(Chromium.SHOTS.resolve(one.getKey() + "-narrow.png")));
    }
    page.context().close();
  }

  /** On paper there is nothing to press, and it is white, whatever the screen was. */
  @Test
  void aPageIsPrintedInBlackOnWhiteWithoutTheWaysToOthers() {
    Page page = chromium.page(ColorScheme.DARK);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    for (Map.Entry<String, String> one : pages().entrySet()) {
      page.navigate(service.url() + "/" + one.getValue());
      assertThat(page.locator("main h1")).isVisible();
      assertThat(page.locator("nav[aria-label=Pages]")).isHidden();
      assertEquals(0, page.locator("button:visible").count(), one.getKey());
      assertEquals(
          "rgb(255, 255, 255) rgb(0, 0, 0)",
          page.evaluate(
              """
              () => getComputedStyle(document.documentElement).backgroundColor + ' '
                + getComputedStyle(document.querySelector('main h1')).color
              """),
          one.getKey());
    }
    page.context().close();
  }

  private static Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("now", "#/now");
    pages.put("leads", "#/leads");
    pages.put("lead", "#/lead/" + waiting);
    pages.put("lead-why", "#/lead/" + waiting + "?tab=why&not=DACH");
    pages.put("lead-what-if", "#/lead/" + waiting + "?tab=what-if");
    pages.put("rules", "#/rules?file=50-regions.drl");
    pages.put("rules-ways", "#/rules?tab=ways");
    pages.put("rules-changes", "#/rules?tab=changes");
    pages.put("rules-fixtures", "#/rules?tab=fixtures");
    pages.put("rules-versions", "#/rules?tab=versions");
    pages.put("replay", "#/replay");
    pages.put("bisect", "#/replay?tab=bisect");
    pages.put("territories", "#/territories/Nordics");
    pages.put("audits", "#/territories?tab=audits");
    pages.put("letters", "#/letters");
    pages.put("health", "#/health");
    pages.put("settings", "#/health?tab=settings");
    pages.put("keys", "#/health?tab=keys");
    pages.put("activity", "#/health?tab=activity");
    pages.put("sandbox", "#/sandbox");
    return pages;
  }

  @Test
  void thePolicyHasNoExceptionAndFilesAreKeptForGood() {
    var page = service.get("/");
    String policy = page.headers().get("content-security-policy");
    assertTrue(policy.startsWith("default-src 'none'"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertEquals("no-cache", page.headers().get("cache-control"));
    String main = page.text().replaceFirst("(?s).*src=\"(/workbench/[^\"]*/main.js)\".*", "$1");
    var script = service.get(main);
    assertEquals(200, script.status());
    assertEquals("public, max-age=31536000, immutable", script.headers().get("cache-control"));
    String base = main.replace("main.js", "");
    for (String none :
        List.of(
            "lib/lit-html/package.json",
            "lib/lit-html/../../../../logback.xml",
            "lib/logback/x.js",
            "..%2f..%2flogback.xml",
            "index.html")) {
      assertEquals(404, service.get(base + none).status(), none);
    }
  }

  @Test
  void hostileValuesAreTextOnEveryPageThatShowsThem() {
    String json = HOSTILE.replace("\"", "\\\"");
    String id =
        service
            .postLead(
                "{\"crmId\":\"1666\",\"country\":\"SE\",\"company\":\"%s\",\"campaign\":\"%s\"}"
                    .formatted(json, json))
            .body()
            .path("id")
            .asText();
    service.awaitStatus(id, "queued");
    Page page = chromium.page(ColorScheme.LIGHT);
    page.onDialog(dialog -> chromium.complaints().add("a script ran: " + dialog.message()));
    List<String> places =
        List.of(
            "#/leads",
            "#/letters?status=queued",
            "#/lead/" + id,
            "#/lead/" + id + "?tab=why&not=DACH");
    for (String where : places) {
      page.navigate(service.url() + "/" + where);
      assertThat(page.locator("main h1")).isVisible();
      if (!where.contains("why")) {
        assertThat(page.getByText(HOSTILE).first()).isVisible();
      }
      assertEquals(0, page.locator("main img").count(), where);
    }
    page.navigate(service.url() + "/#/lead/" + id + "?tab=what-if");
    assertThat(page.getByLabel("company")).hasValue(HOSTILE);
    page.context().close();
  }

  /** As of a machine that slept: nobody says that the line is dead. */
  @Test
  void aLineThatFellSilentIsSaidToBeAndIsTakenUpAgain() {
    Page page = chromium.page(ColorScheme.LIGHT);
    page.clock().install();
    page.navigate(service.url() + "/#/now");
    Locator line = page.locator("[role=status]", new Page.LocatorOptions().setHasText("onnected"));
    Locator live = page.locator("[role=status]", new Page.LocatorOptions().setHasText("Live"));
    assertThat(live).hasCount(1);
    page.clock().fastForward(31_000);
    assertThat(line).hasText("Not connected");
    page.clock().runFor(3_000);
    assertThat(live).hasCount(1);
    page.context().close();
  }

  /** One fixture of a hostile lead, whose name is no better, that a change moves. */
  @Test
  void hostileValuesAreTextInAReplayAndWhatItsFixturesDoNotNoticeIsSuggested() {
    ObjectNode wish = hostileReplay();
    String id = service.post("/v1/replays", wish.toString()).body().path("id").asText();
    Page page = chromium.page(ColorScheme.LIGHT);
    page.onDialog(dialog -> chromium.complaints().add("a script ran: " + dialog.message()));
    page.navigate(service.url() + "/#/replay/" + id);
    page.locator(".vrow").first().click();
    assertThat(page.locator("dialog")).containsText("Caused by");
    assertThat(page.locator("dialog h2").first()).containsText(HOSTILE);
    assertThat(page.locator("dialog section[aria-label='The lead']")).containsText(HOSTILE);
    assertEquals(0, page.locator("dialog img, main img").count());
    page.keyboard().press("Escape");
    assertThat(page.locator("dialog")).hasCount(0);
    suggestedFixturesAreAddedToWhatIsEdited(page);
    page.context().close();
  }

  /** No change is no proof where no lead reaches what was changed. */
  @Test
  void whatNoLeadShowsOfAChangeIsNamed() {
    ObjectNode wish = hostileReplay();
    ObjectNode fixtures = (ObjectNode) wish.at("/candidate/fixtures");
    String elsewhere =
        """
        {"at":"2026-01-15T12:00:00Z","leads":[
        {"name":"elsewhere","lead":{"country":"FR"},"expect":{"status":"assign"}}]}
        """;
    fixtures.put("leads/hostile.json", elsewhere);
    ((ObjectNode) wish.at("/candidate/files")).put("guardrails.yaml", "");
    String id = service.post("/v1/replays", wish.toString()).body().path("id").asText();
    Page page = chromium.page(ColorScheme.LIGHT);
    page.navigate(service.url() + "/#/replay/" + id);
    assertThat(page.locator("section[aria-label='What no lead shows']")).containsText("\"CH\"");
    page.context().close();
  }

  private static void suggestedFixturesAreAddedToWhatIsEdited(Page page) {
    page.getByText("Suggest fixtures").click();
    Locator suggested = page.locator("section[aria-label='Suggested fixtures']");
    assertThat(page.locator("section[aria-label='Surviving mutants']")).isVisible();
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Chromium.SHOTS.resolve("walk-suggested.png"))
            .setFullPage(true));
    suggested.getByText("Add the chosen ones").click();
    assertThat(page.locator("#notices")).containsText("Choose at least one");
    suggested.locator("input").first().check();
    suggested.locator("input").nth(1).check();
    suggested.getByText("Add the chosen ones").click();
    assertThat(page.locator("#notices")).containsText("2 fixtures are added");
    page.locator("nav[aria-label=Pages]").getByText("Rules").click();
    page.locator("nav.tabs").getByText("Changes").click();
    assertThat(page.locator("main")).containsText("fixtures/leads/suggested-");
  }

  private static ObjectNode hostileReplay() {
    String serving = service.get("/v1/rules").body().path("serving").asText();
    ObjectNode version = (ObjectNode) service.get("/v1/rules/" + serving).body();
    version.remove("hash");
    ObjectNode files = (ObjectNode) version.get("files");
    files.put("50-regions.drl", files.path("50-regions.drl").asText().replace(", \"CH\"", ""));
    ObjectNode fixtures = (ObjectNode) version.get("fixtures");
    var paths = new java.util.ArrayList<String>();
    fixtures.fieldNames().forEachRemaining(paths::add);
    paths.stream().filter(path -> path.startsWith("leads/")).forEach(fixtures::remove);
    String text = HOSTILE.replace("\"", "\\\"");
    fixtures.put(
        "leads/hostile.json",
        """
        {"at":"2026-01-15T12:00:00Z","leads":[
        {"name":"%1$s","lead":{"country":"CH","company":"%1$s"},"expect":{"status":"assign","territory":"%1$s"}}]}
        """
            .formatted(text));
    ObjectNode wish = Json.mapper().createObjectNode();
    wish.set("candidate", version);
    return wish;
  }
}
