package io.bailiwick.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Media;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What each page lets people do, done in a real browser as they would do it. */
@Timeout(240)
class WorkbenchHandsIT {

  @TempDir static Path folder;
  private static Chromium chromium;
  private static RunningService service;
  private Page page;

  @BeforeAll
  static void start() throws Exception {
    chromium = Chromium.start();
    service =
        new RunningService(
            folder,
            Map.of(
                "rules.dir", "rules",
                "fixtures.dir", "fixtures",
                "rules.publish", "on-approval",
                "crm.token", "sandbox-token"));
  }

  @BeforeEach
  void open() {
    page = chromium.page(ColorScheme.LIGHT);
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
  void aFieldOfALeadIsChangedAndTheDecisionChangesAtOnce() {
    String lead =
        lead(
            "{\"crmId\":\"501\",\"country\":\"US\",\"region\":\"CA\",\"tier\":\"gold\"}",
            "assigned");
    visit("lead/" + lead + "?tab=what-if");
    Locator then = section("What would be decided");
    assertThat(then).containsText("West Region");
    page.getByLabel("country", new Page.GetByLabelOptions().setExact(true)).fill("DE");
    assertThat(then.locator("p").first()).containsText("DACH");
    page.getByLabel("tier").fill("silver");
    assertThat(section("The lead, to be changed").locator(".pill.move")).hasCount(2);
    button("As it was").click();
    assertThat(then.locator("p").first()).containsText("West Region");
    assertEquals("assigned", service.lead(lead).path("status").asText());
  }

  @Test
  void aLeadIsMovedByHandAndItsPathGoesOnWhileOneLooks() {
    String lead = lead("{\"crmId\":\"502\",\"country\":\"SE\",\"company\":\"Nordlys\"}", "queued");
    visit("lead/" + lead);
    byHand("Retry", "the CRM was mended");
    assertThat(section("Its path")).containsText("the CRM was mended");
    byHand("Re-decide", "other rules");
    assertThat(section("Its path")).containsText("other rules");
    button("Assign").click();
    page.getByLabel("Territory", new Page.GetByLabelOptions().setExact(true)).selectOption("DACH");
    page.locator("dialog button.first").click();
    assertThat(page.locator("main h1")).containsText("assigned");
    assertThat(section("Decision")).containsText("by hand");
    assertThat(button("Retry")).isDisabled();

    String other = lead("{\"crmId\":\"503\",\"country\":\"SE\"}", "queued");
    visit("lead/" + other);
    button("Close").click();
    page.locator("dialog").getByRole(AriaRole.BUTTON, exactly("Close")).click();
    assertThat(page.locator("main h1")).containsText("parked");
    visit("letters");
    assertThat(page.locator("main")).containsText("Nobody needs to do anything");
  }

  private void byHand(String act, String why) {
    button(act).click();
    page.getByLabel("Why (goes into its history)").fill(why);
    page.locator("dialog").getByRole(AriaRole.BUTTON, exactly(act)).click();
    assertThat(page.locator("dialog")).hasCount(0);
  }

  /**
   * A file is made, its cells are typed, a rule over it is completed; all of it beside what serves.
   */
  @Test
  void aTableIsMadeAsAGridItsWrongRowIsMarkedAndRulesCompleteWithIt() {
    visit("rules");
    button("New file").click();
    page.getByLabel("Its name").fill("named accounts");
    page.locator("dialog button.first").click();
    assertThat(page.locator("#notices")).containsText("A name like 70-partners.drl");
    button("New file").click();
    page.getByLabel("Its name").fill("named-accounts.csv");
    page.locator("dialog button.first").click();
    Locator table = page.locator("table.grid-table");
    cell(1, 1).fill("domain: key emailDomain");
    cell(1, 2).fill("owner: territory");
    button("Add a row").click();
    cell(2, 1).fill("globex.example");
    cell(2, 2).fill("Enterprise");
    assertThat(section("What is wrong")).containsText("Nothing");
    cell(1, 1).fill("domain: key mailDomain");
    cell(1, 2).click();
    assertThat(section("What is wrong")).containsText("named-accounts.csv:1");
    assertThat(table.locator("tr.wrong th").first()).containsText("1 wrong");
    Chromium.shot(page, "rules-grid");
    cell(1, 1).fill("domain: key emailDomain");
    cell(1, 2).click();
    assertThat(section("What is wrong")).containsText("Nothing");

    page.getByText("90-catch-all.drl").click();
    page.locator("rule-editor .cm-content").click();
    page.keyboard().press("Control+End");
    page.keyboard().type("\nrule \"Named\"\nwhen\n  Nam");
    completes("NamedAccounts", "NamedAccounts( ");
    page.keyboard().type("own");
    completes("owner", "NamedAccounts( owner");
    page.keyboard().type(" == \"Enterprise\" )\n  Lead( cou");
    completes("country", "Lead( country");
    page.keyboard().type(" == \"S");
    completes("SE", "country == \"SE");
    page.keyboard().press("End");
    page.keyboard().type(" )\n  $t : Territory( name == \"DAC");
    completes("DACH", "name == \"DACH");

    page.locator("nav.tabs").getByText("Changes").click();
    assertThat(section("Changes of named-accounts.csv")).containsText("globex.example");
    assertThat(section("Changes of 90-catch-all.drl").locator(".add").first()).isVisible();
    page.locator("nav.tabs").getByText("Files").click();
    page.locator("nav.files").getByText("named-accounts.csv").click();
    page.getByRole(AriaRole.BUTTON, named("Remove row 2")).click();
    assertThat(table.locator("tbody tr")).hasCount(1);
    button("Remove").click();
    page.locator("dialog button.danger").click();
    assertThat(page.locator("nav.files")).not().containsText("named-accounts.csv");
    button("Discard").click();
    assertThat(button("Discard")).isDisabled();
  }

  private Locator cell(int row, int column) {
    return page.getByLabel("Row %d, column %d".formatted(row, column));
  }

  private void completes(String word, String written) {
    page.keyboard().press("Control+Space");
    page.locator(".cm-tooltip-autocomplete li")
        .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^" + word)))
        .first()
        .click();
    assertThat(page.locator("rule-editor .cm-content")).containsText(written);
  }

  @Test
  void theMarginOfARuleTellsWhatItSettledAndWhetherAFixtureFiresIt() {
    lead("{\"crmId\":\"504\",\"country\":\"US\",\"region\":\"CA\"}", "assigned");
    visit("rules?file=50-regions.drl");
    assertThat(page.locator(".cm-wins .some").first()).isVisible();
    button("Run the fixtures").click();
    assertThat(section("Coverage"))
        .containsText(Pattern.compile("\\d+ of \\d+ fixtures as expected"));
    assertThat(page.locator(".cm-wins .some").getByText(Pattern.compile("✓\\d")).first())
        .isVisible();
    Chromium.shot(page, "rules-coverage");
  }

  @Test
  void aCandidateIsHeldAgainstWhatServesIsRunInShadowAndReplayedOverAnExport() {
    String serving = service.get("/v1/rules").body().path("serving").asText();
    ObjectNode version = (ObjectNode) service.get("/v1/rules/" + serving).body();
    version.remove("hash");
    ObjectNode files = (ObjectNode) version.get("files");
    String regions = files.path("50-regions.drl").asText();
    files.put("50-regions.drl", regions.replace("salience 50", "salience 51"));
    assertEquals(200, service.put("/v1/rules/louder", version.toString()).status());

    visit("rules?tab=versions");
    Locator candidates = section("Candidates");
    candidates.getByText("Shadow", new Locator.GetByTextOptions().setExact(true)).click();
    assertThat(section("Shadow")).containsText("judged beside what serves");
    lead("{\"crmId\":\"505\",\"country\":\"DE\"}", "assigned");
    RunningService.await(
        "the shadow judged it",
        () -> service.get("/v1/rules/shadow").body().path("compared").asInt() > 0);
    button("Look again").click();
    assertThat(section("Shadow")).containsText(Pattern.compile("[1-9]\\d* leads? judged"));
    Chromium.shot(page, "rules-candidate");
    candidates.getByText("End the shadow").click();
    assertThat(section("Shadow")).hasCount(0);
    candidates.getByText("Open").click();
    page.locator("nav.tabs").getByText("Changes").click();
    assertThat(page.locator(".diff .add").first()).containsText("salience 51");
    page.getByText("Beside candidate louder").click();
    assertThat(page.locator("main")).containsText("Nothing is changed here");

    visit("replay?candidate=louder");
    page.getByLabel("Leads", new Page.GetByLabelOptions().setExact(true)).selectOption("file");
    String export = "id,country,company\n1,DE,Initech\n2,US,Globex\n3,JP,Umbrella\n";
    page.getByLabel("CSV, XLSX or JSON")
        .setInputFiles(
            new FilePayload("leads.csv", "text/csv", export.getBytes(StandardCharsets.UTF_8)));
    page.locator("form").getByRole(AriaRole.BUTTON, exactly("Replay")).click();
    assertThat(section("Verdict")).containsText("leads.csv");
    assertThat(section("How leads change").locator(".tile").first().locator("b")).hasText("3");
    Chromium.shot(page, "replay-verdict");
  }

  @Test
  void anAuditTellsSinceWhenAFindingStandsAndATerritoryWhenItsBlockerLifts() {
    visit("territories/Benelux");
    assertThat(section("Territory Benelux")).containsText("Lifts in");
    assertThat(section("Territory Benelux")).containsText("Rules that name it");
    button("Audit now").click();
    assertThat(page.locator("#notices")).containsText("The audit is done");
    page.locator("nav.tabs").getByText("Audits").click();
    Locator first = section("The last audit").locator("li").first();
    assertThat(first).containsText("in rules");
    first.getByText("History").click();
    assertThat(first).containsText(Pattern.compile("seen by \\d+ audit"));
    Chromium.shot(page, "audits-history");
  }

  /**
   * Only what is in sight is in the page, the chosen one among it; by keys from one to the next.
   */
  @Test
  void aThousandTerritoriesAreATreeThatStaysSmooth() {
    String orders =
        IntStream.range(0, 1_000)
            .mapToObj(
                "{\"do\":\"addTerritory\",\"name\":\"Area %04d\",\"parentId\":\"DACH\"}"::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    service.control(orders);
    service.post("/v1/territories/refresh", "{}");
    visit("territories/Area%200900");
    assertThat(section("Territory Area 0900")).isVisible();
    assertThat(page.locator(".vrow[aria-current=true]")).containsText("Area 0900");
    assertTrue(page.locator(".vrow").count() < 60, "rows in the page");
    page.locator(".vrow[aria-current=true]").focus();
    page.keyboard().press("j");
    page.keyboard().press("Enter");
    assertThat(section("Territory Area 0901")).isVisible();
    assertThat(page.locator(".vrow[aria-current=true]")).containsText("Area 0901");
    page.getByLabel("Filter by name").fill("area 0042");
    assertThat(page.locator(".vrow")).hasCount(1);
    assertTrue(page.url().contains("text=area+0042"), page.url());
    String away =
        IntStream.range(0, 1_000)
            .mapToObj("{\"do\":\"removeTerritory\",\"territory\":\"Area %04d\"}"::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    service.control(away);
    service.post("/v1/territories/refresh", "{}");
  }

  @Test
  void aKeyIsMadeShownOnceRotatedAndEndedAndTheRecordSaysSo() {
    visit("health?tab=keys");
    assertThat(section("Roles")).containsText("personal values are masked");
    button("Make a key").click();
    page.getByLabel("Name").fill("watch");
    page.locator("dialog").getByRole(AriaRole.BUTTON, exactly("Make it")).click();
    assertThat(page.locator(".banner").last()).containsText("bw_");
    Chromium.shot(page, "keys-made");
    button("I have kept it").click();
    assertThat(page.getByText("said this once")).hasCount(0);
    page.getByRole(AriaRole.BUTTON, named("Another key for watch")).click();
    page.locator("dialog button.first").click();
    assertThat(page.locator(".banner").last()).containsText("bw_");
    assertThat(section("Keys").locator("tbody tr")).hasCount(2);
    button("I have kept it").click();
    page.getByRole(AriaRole.BUTTON, named("End the key watch")).first().click();
    page.locator("dialog button.danger").click();
    assertThat(section("Keys").locator(".pill.bad")).containsText("ended");
    page.locator("nav.tabs").getByText("Who did what").click();
    assertThat(section("Who did what")).containsText("POST /v1/keys");
    assertThat(section("Who did what")).containsText("DELETE /v1/keys/:id");
    page.locator("nav.tabs").getByText("Doctor").click();
    assertThat(section("Ready")).containsText("ready");
    page.locator("nav.tabs")
        .getByText("Settings", new Locator.GetByTextOptions().setExact(true))
        .click();
    page.getByLabel("Filter").fill("crm.token");
    assertThat(section("Settings")).containsText("a secret is set");
    assertThat(section("Settings")).not().containsText("sandbox-token");
  }

  @Test
  void theSandboxIsMadeToFailItsClockIsMovedAndLeadsQueueAndFlow() {
    visit("sandbox");
    page.getByLabel("Is down (503)").check();
    assertThat(page.locator("#notices")).containsText("is down");
    page.reload();
    assertThat(page.getByLabel("Is down (503)")).isChecked();
    button("Post 12 leads").click();
    Locator leads = section("Leads, as they flow");
    assertThat(leads.getByText("crm unavailable").first()).isVisible();
    // At once: the longer it fails, the longer its gate stays shut.
    page.getByLabel("Answers as it should").check();
    button("+ 15 min").click();
    assertThat(leads.getByText("assigned", new Locator.GetByTextOptions().setExact(true)).first())
        .isVisible();
    assertThat(leads.getByText("crm unavailable")).hasCount(0);
    button("Read the territories").click();
    assertThat(page.locator("#notices")).containsText("The territories were read");
    Chromium.shot(page, "sandbox-flow");
    visit("territories/Benelux");
    assertThat(section("Territory Benelux").locator("h2").first()).containsText("ready");
    assertThat(section("Territory Benelux").locator("h2").first()).not().containsText("not ready");
  }

  @Test
  void onPaperStandsAllThatWasFetched() {
    StringBuilder leads = new StringBuilder();
    for (int i = 0; i < 90; i++) {
      leads.append("{\"crmId\":\"60%03d\",\"country\":\"GB\",\"source\":\"paper\"}\n".formatted(i));
    }
    service.post(
        "/v1/leads", "application/x-ndjson", leads.toString().getBytes(StandardCharsets.UTF_8));
    visit("leads?source=paper");
    assertThat(page.locator("main")).containsText("90 shown");
    assertTrue(page.locator(".vrow").count() < 60, "only what is in sight");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.locator(".vrow")).hasCount(90);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    RunningService.await("only what is in sight", () -> page.locator(".vrow").count() < 60);
  }

  private void visit(String where) {
    page.navigate(service.url() + "/#/" + where);
    assertThat(page.locator("main h1")).isVisible();
  }

  private static String lead(String body, String status) {
    String id = service.postLead(body).body().path("id").asText();
    service.awaitStatus(id, status);
    return id;
  }

  private Locator section(String name) {
    return page.locator("section[aria-label=\"" + name + "\"]");
  }

  private Locator button(String text) {
    return page.locator("main").getByRole(AriaRole.BUTTON, exactly(text));
  }

  private static Locator.GetByRoleOptions exactly(String text) {
    return new Locator.GetByRoleOptions().setName(text).setExact(true);
  }

  private static Page.GetByRoleOptions named(String text) {
    return new Page.GetByRoleOptions().setName(text).setExact(true);
  }
}
