package io.bailiwick.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.bailiwick.drools.Workbooks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The workbench where keys are asked for: who signs in sees and does what its role may. */
@Timeout(240)
class WorkbenchAccessIT {

  @TempDir static Path folder;
  private static Chromium chromium;
  private static Guarded guarded;
  private static String lead;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.start();
    guarded =
        new Guarded(
            folder,
            Map.of(),
            Map.of(
                "rules.publish", "on-approval",
                "rules.four-eyes", "true",
                "crm.dialect", "zoho-v8"));
    lead =
        guarded
            .as(guarded.secret("operator"), "POST", "/v1/leads", Guarded.lead("7001"))
            .body()
            .path("id")
            .asText();
  }

  @AfterAll
  static void stop() {
    if (guarded != null) {
      guarded.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void nothingWasComplainedOf() {
    assertEquals(List.of(), chromium.complaints());
  }

  @Test
  void aKeyIsAskedForAndAWrongOneIsTold() throws Exception {
    Page page = chromium.page(ColorScheme.LIGHT);
    page.navigate(guarded.service.url() + "/");
    assertThat(page.getByLabel("Your key")).isVisible();
    assertEquals(List.of(), Chromium.violations(page));
    sign(page, "bw_000000000000_nonsense");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("does not open");
    List<String> refused = chromium.complaints();
    assertTrue(refused.stream().allMatch(one -> one.contains("401")), refused.toString());
    sign(page, guarded.secret("operator"));
    assertThat(page.locator("main h1")).containsText("Now");
    assertFalse(page.url().contains("bw_"));
    page.getByText("Sign out").click();
    assertThat(page.getByLabel("Your key")).isVisible();
    page.context().close();
  }

  @Test
  void aViewerSeesNoPersonalValueAndIsOfferedNothingToDo() {
    Page page = chromium.page(ColorScheme.DARK);
    page.navigate(guarded.service.url() + "/#/lead/" + lead);
    sign(page, guarded.secret("viewer"));
    assertThat(page.locator("main h1")).containsText("Lead");
    assertFalse(page.content().contains("ana@acme.example"));
    assertThat(page.locator("main button")).hasCount(0);
    page.navigate(guarded.service.url() + "/#/now");
    assertThat(page.locator("main h1")).containsText("Now");
    assertThat(page.getByText("Pause sending")).hasCount(0);
    assertThat(page.locator("nav[aria-label=Pages]").getByText("Replay")).hasCount(0);
    page.context().close();
  }

  @Test
  void anAnalystMayChangeRulesAndNotPublishThem() {
    Page page = chromium.page(ColorScheme.LIGHT);
    page.navigate(guarded.service.url() + "/#/rules?tab=versions");
    sign(page, guarded.secret("analyst"));
    assertThat(page.getByText("What served")).isVisible();
    assertThat(page.getByText("Submit as a candidate").first()).isVisible();
    assertThat(page.getByText("Roll back to it")).hasCount(0);
    page.context().close();
  }

  /** Who brought a change is told that somebody else must publish it, and somebody else does. */
  @Test
  void aChangeIsPublishedByASecondPerson() {
    String ana = operator("ana");
    String serving = guarded.as(ana, "GET", "/v1/rules", "").body().path("serving").asText();
    ObjectNode version = (ObjectNode) guarded.as(ana, "GET", "/v1/rules/" + serving, "").body();
    version.remove("hash");
    ObjectNode files = (ObjectNode) version.get("files");
    files.put("routing.drl", files.path("routing.drl").asText() + "\n// said anew\n");
    assertEquals(200, guarded.as(ana, "PUT", "/v1/rules/mine", version.toString()).status());

    Page page = chromium.page(ColorScheme.LIGHT);
    page.navigate(guarded.service.url() + "/#/rules?tab=versions");
    sign(page, ana);
    publishMine(page);
    assertThat(page.locator("#notices")).containsText("somebody else must publish it");
    List<String> refused = chromium.complaints();
    assertTrue(
        !refused.isEmpty() && refused.stream().allMatch(one -> one.contains("403")),
        refused.toString());
    page.getByText("Sign out").click();
    sign(page, operator("bea"));
    publishMine(page);
    assertThat(page.locator("#notices")).containsText("serves now");
    assertThat(page.locator("section[aria-label=Versions] tbody tr").first()).containsText("bea");
    page.context().close();
  }

  /** Its cells, the wrong row marked; nothing of it can be typed over. */
  @Test
  void aDecisionTableInAWorkbookIsShownAsAGrid() throws Exception {
    String ana = operator("ana");
    String serving = guarded.as(ana, "GET", "/v1/rules", "").body().path("serving").asText();
    ObjectNode version = (ObjectNode) guarded.as(ana, "GET", "/v1/rules/" + serving, "").body();
    version.remove("hash");
    String rows =
        Workbooks.row(7, "\"US\"", "\"West Region\"", "x")
            + Workbooks.row(8, "\"Nowhere land\"", "\"DACH\"", "x");
    ((ObjectNode) version.get("sheets"))
        .put("areas.drl.xlsx", java.util.Base64.getEncoder().encodeToString(Workbooks.table(rows)));
    guarded.as(ana, "PUT", "/v1/rules/book", version.toString());
    Page page = chromium.page(ColorScheme.LIGHT);
    page.navigate(guarded.service.url() + "/#/rules?candidate=book&file=areas.drl.xlsx");
    sign(page, guarded.secret("analyst"));
    Locator table = page.locator("table.grid-table");
    assertThat(table.locator("tbody tr")).hasCount(8);
    assertThat(table.locator("tbody tr").nth(6)).containsText("\"West Region\"");
    assertThat(table.locator("tr.wrong th")).containsText("8");
    assertThat(page.locator("main table input")).hasCount(0);
    assertEquals(List.of(), Chromium.violations(page));
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/workbench/rules-workbook.png")));
    page.context().close();
  }

  private static String operator(String name) {
    return guarded
        .key("{\"name\":\"%s\",\"role\":\"operator\"}".formatted(name))
        .path("secret")
        .asText();
  }

  private static void publishMine(Page page) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Publish").setExact(true))
        .click();
    assertThat(page.locator("dialog")).containsText("Whoever brought it may not publish it");
    page.locator("dialog button.first").click();
  }

  @Test
  void membersOfATerritoryAreAskedOfTheCrm() {
    Page page = chromium.page(ColorScheme.LIGHT);
    page.navigate(guarded.service.url() + "/#/territories/1");
    sign(page, guarded.secret("analyst"));
    Locator card = page.locator("section[aria-label='Territory Root']");
    assertThat(card).containsText("Members");
    assertThat(card.locator("li").first()).containsText("Integration User");
    assertThat(card.locator("li").first()).containsText("active");
    page.context().close();
  }

  private static void sign(Page page, String key) {
    page.getByLabel("Your key").fill(key);
    page.getByLabel("Your key").press("Enter");
  }
}
