package io.bailiwick.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The two walks that the workbench is for, each in a real browser from its first click to its end.
 */
@Timeout(240)
class WorkbenchWalkIT {

  @TempDir Path folder;
  private Chromium chromium;
  private RunningService service;
  private Page page;

  @BeforeEach
  void start() throws Exception {
    chromium = Chromium.start();
    service =
        new RunningService(
            folder,
            Map.of(
                "rules.dir", copied("rules").toString(),
                "fixtures.dir", copied("fixtures").toString(),
                "rules.publish", "on-approval"));
    page = chromium.page(ColorScheme.LIGHT);
  }

  @AfterEach
  void stop() {
    if (service != null) {
      service.close();
    }
    if (chromium != null) {
      List<String> complaints = chromium.complaints();
      chromium.close();
      assertEquals(List.of(), complaints);
    }
  }

  @Test
  void anAnalystBreaksARuleAndIsStoppedMendsItSeesLeadsMoveAddsAFixturePublishesAndRollsBack()
      throws IOException {
    String lead =
        service
            .postLead("{\"crmId\":\"2001\",\"country\":\"DE\",\"company\":\"Initech\"}")
            .body()
            .path("id")
            .asText();
    service.awaitStatus(lead, "assigned");
    String swiss = "";
    for (int i = 0; i < 3; i++) {
      String body = "{\"crmId\":\"210%d\",\"country\":\"CH\"}".formatted(i);
      swiss = service.postLead(body).body().path("id").asText();
      service.awaitStatus(swiss, "assigned");
    }
    String serving = service.get("/v1/rules").body().path("serving").asText();
    page.navigate(service.url() + "/#/rules?file=50-regions.drl&line=84");

    write("\"DE\", \"AT\", \"CH\", \"LI\"", "\"DE\", \"AT\" \"CH\", \"LI\"");
    assertThat(section("What is wrong")).containsText("50-regions.drl:");
    assertThat(button("Submit as a candidate")).isDisabled();
    shot("walk-stopped");

    write("\"DE\", \"AT\" \"CH\", \"LI\"", "\"DE\", \"AT\", \"LI\"");
    assertThat(section("What is wrong")).containsText("Nothing");
    page.locator("nav.tabs").getByText("Changes").click();
    assertThat(page.locator(".diff .del")).containsText("\"CH\"");

    button("Replay").click();
    assertThat(page.getByLabel("Candidate")).containsText("as edited here");
    page.getByLabel("Leads", new Page.GetByLabelOptions().setExact(true)).selectOption("history");
    page.locator("form").getByRole(AriaRole.BUTTON, name("Replay")).click();
    assertThat(section("Verdict")).containsText("Blocked");
    assertThat(section("How leads change").locator(".tile").nth(1).locator("b")).hasText("3");
    assertThat(page.locator(".vrow")).hasCount(3);
    assertThat(page.locator(".flow")).isVisible();
    shot("walk-verdict");
    assertThat(button("Submit as a candidate")).isDisabled();
    page.locator(".vrow").first().click();
    assertThat(page.locator("dialog")).containsText("Caused by");
    assertThat(page.locator("dialog .checks .no").first()).isVisible();
    shot("walk-row");
    page.locator("dialog").getByRole(AriaRole.BUTTON, name("Save as fixture")).click();
    assertThat(page.locator("#notices")).containsText("without the person");
    assertThat(page.locator("dialog")).hasCount(0);
    theVerdictIsKeptAsAPageOfItsOwn();

    takeTheNewOutcomeAsExpected();
    addAFixtureOf(lead);

    button("Submit as a candidate").click();
    page.getByLabel(Pattern.compile("Its name")).fill("swiss");
    page.locator("dialog").getByRole(AriaRole.BUTTON, name("Submit")).click();
    assertThat(page.locator("#notices")).containsText("waits for approval");
    page.locator("nav.tabs").getByText("Versions and candidates").click();
    button("Publish").click();
    page.locator("dialog").getByRole(AriaRole.BUTTON, name("Publish")).click();
    assertThat(section("Versions").locator("tbody tr").first()).containsText("approved");
    RunningService.await(
        "the change serves",
        () -> !service.get("/v1/rules").body().path("serving").asText().equals(serving));

    button("Roll back to it").first().click();
    page.locator("dialog").getByRole(AriaRole.BUTTON, name("Publish")).click();
    RunningService.await(
        "the version before serves again",
        () -> service.get("/v1/rules").body().path("serving").asText().equals(serving));
    assertThat(section("Versions").locator("tbody tr").first()).containsText("serves");
    shot("walk-rolled-back");
    findWhichVersionMovedIt(swiss);
  }

  @Test
  void anOperatorSeesATerritoryGoRedFindsWhatWaitsMendsTheCrmAndWatchesItLeave() {
    page.navigate(service.url() + "/#/sandbox");
    page.getByLabel("Allow API Access of DACH").uncheck();
    assertThat(page.locator("#notices")).containsText("DACH is changed");
    for (int i = 0; i < 9; i++) {
      service.postLead("{\"crmId\":\"30%02d\",\"country\":\"DE\"}".formatted(i));
    }
    page.navigate(service.url() + "/#/territories/DACH");
    assertThat(section("Territory DACH")).containsText("Allow API Access is off");
    assertThat(section("Territory DACH")).containsText("9 wait");
    shot("walk-red");

    page.locator("nav[aria-label=Pages]").getByText("Now").click();
    assertThat(section("What needs a person")).containsText("9 leads wait for DACH");
    section("What waits").getByText("DACH").click();
    assertThat(page.locator(".vrow")).hasCount(9);
    assertThat(page.locator(".vrow").first()).containsText("api disabled");
    String shared = page.url();
    letThemGoAndStop();
    assertTrue(shared.contains("territory=DACH") && shared.contains("status=queued"), shared);

    page.navigate(service.url() + "/#/sandbox");
    page.getByLabel("Allow API Access of DACH").check();
    button("Read the territories").click();
    page.navigate(shared);
    assertThat(page.getByText("No lead is like this.")).isVisible();
    page.navigate(service.url() + "/#/leads?status=assigned&territory=DACH");
    assertThat(page.locator(".vrow")).hasCount(9);
    shot("walk-left");
  }

  /** One a second, so that there is time to stop: what has gone meanwhile waits again. */
  private void letThemGoAndStop() {
    page.navigate(service.url() + "/#/letters?status=queued&territory=DACH");
    assertThat(page.locator(".vrow")).hasCount(9);
    page.getByLabel("Leads a second").fill("1");
    page.getByLabel("Why").last().fill("a trial");
    button("Count them").click();
    assertThat(page.locator(".banner")).containsText("9 leads");
    button("Let them go").click();
    Locator jobs = section("Under way");
    assertThat(jobs).containsText("running");
    assertThat(jobs).containsText(Pattern.compile("[1-9] of 9 let go"));
    shot("walk-job");
    button("Stop").click();
    assertThat(jobs).containsText("stopped");
    assertThat(button("Go on")).isVisible();
    int gone = service.get("/v1/jobs").body().at("/jobs/0/done").asInt();
    assertTrue(gone > 0 && gone < 9, gone + " were let go");
    button("Go on").click();
    assertThat(jobs).containsText("9 of 9 let go");
    assertThat(jobs).containsText("done");
  }

  /** A mouse is never touched: to a page, into a list, into a lead, to its reasons and back. */
  @Test
  void everythingIsReachedByKeys() {
    service.postLead("{\"crmId\":\"4001\",\"country\":\"SE\",\"company\":\"Nordlys\"}");
    page.navigate(service.url() + "/");
    assertThat(page.locator("main h1")).containsText("Now");
    page.keyboard().press("g");
    page.keyboard().press("l");
    assertThat(page.locator(".vrow")).hasCount(1);
    page.locator(".vlist").focus();
    page.keyboard().press("j");
    page.keyboard().press("Enter");
    assertThat(page.locator("main h1")).containsText("Lead");
    tabTo("Retry");
    page.keyboard().press("Enter");
    assertThat(page.locator("dialog")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.locator("dialog")).hasCount(0);
    tabTo("Why, and why not");
    page.keyboard().press("Enter");
    assertThat(section("Why not")).isVisible();
    page.keyboard().press("?");
    assertThat(page.locator("dialog")).containsText("Dead letters");
    page.keyboard().press("Escape");
    page.keyboard().press("g");
    page.keyboard().press("r");
    assertThat(page.locator("rule-editor .cm-content")).isVisible();
    page.locator("rule-editor .cm-content").focus();
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    assertTrue(
        (Boolean) page.evaluate("document.activeElement.tagName !== 'RULE-EDITOR'"),
        "Tab leaves the editor");
  }

  private void tabTo(String text) {
    for (int i = 0; i < 40; i++) {
      page.keyboard().press("Tab");
      Object focused = page.evaluate("document.activeElement.textContent.trim()");
      if (text.equals(focused)) {
        return;
      }
    }
    throw new AssertionError("no Tab reaches " + text);
  }

  private void theVerdictIsKeptAsAPageOfItsOwn() throws IOException {
    Download report = page.waitForDownload(() -> button("Export HTML").click());
    assertTrue(report.suggestedFilename().endsWith(".html"), report.suggestedFilename());
    String text = Files.readString(report.path());
    assertTrue(text.contains("Blocked") && text.contains("Inbound Desk"), text);
  }

  /** It moved twice: when the change was published, and when it was rolled back. */
  private void findWhichVersionMovedIt(String lead) {
    page.navigate(service.url() + "/#/lead/" + lead);
    page.locator("main").getByText("Which version moved it").click();
    button("Bisect").click();
    Locator found = section("What moved it");
    assertThat(found.locator("ol > li")).hasCount(2);
    assertThat(found.locator("ol > li").first()).containsText("rolled-back");
    assertThat(found.locator("ol > li").nth(1)).containsText("50-regions.drl");
    assertThat(page.locator(".progress")).hasCount(0);
    shot("walk-bisect");
    found.getByText("Replay it").first().click();
    assertThat(page.getByLabel("Base", new Page.GetByLabelOptions().setExact(true))).isVisible();
  }

  /** What the changed rule makes of its fixtures is what is wanted: one leaves, one is changed. */
  private void takeTheNewOutcomeAsExpected() {
    page.locator("nav[aria-label=Pages]").getByText("Rules").click();
    page.locator("nav.tabs").getByText("Fixtures").click();
    page.getByText("leads/edges.json").click();
    Locator text = page.getByLabel("Text of leads/edges.json");
    String now = text.inputValue();
    String without =
        Stream.of(now.split("\n"))
            .filter(line -> !line.contains("Edge: country CH"))
            .reduce((a, b) -> a + "\n" + b)
            .orElseThrow();
    assertTrue(without.length() < now.length(), "a fixture was left out");
    text.fill(without);
    text.blur();
  }

  private void addAFixtureOf(String lead) {
    page.navigate(service.url() + "/#/lead/" + lead);
    button("Save as fixture").click();
    assertThat(page.locator("#notices")).containsText("without the person");
    page.locator("nav[aria-label=Pages]").getByText("Rules").click();
    page.locator("nav.tabs").getByText("Fixtures").click();
    button("Add to the fixtures").last().click();
    assertThat(section("Fixture files")).containsText("leads/recorded-");
  }

  /** Replaces a text in the editor as one types it: found, marked, written over. */
  private void write(String from, String to) {
    Locator content = page.locator("rule-editor .cm-content");
    assertThat(content).containsText(from);
    page.evaluate(
        """
        ([from, to]) => {
          const host = document.querySelector('rule-editor');
          const text = host.shadowRoot.querySelector('.cm-content');
          for (const line of text.querySelectorAll('.cm-line')) {
            const at = line.textContent.indexOf(from);
            if (at < 0) continue;
            const ends = [at, at + from.length].map((offset) => {
              const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
              let left = offset;
              for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                if (left <= node.length) return [node, left];
                left -= node.length;
              }
            });
            text.focus();
            document.getSelection().setBaseAndExtent(...ends[0], ...ends[1]);
            return;
          }
        }
        """,
        List.of(from, to));
    page.keyboard().insertText(to);
    assertThat(content).containsText(to);
  }

  private Locator section(String name) {
    return page.locator("section[aria-label=\"" + name + "\"]");
  }

  private Locator button(String text) {
    return page.locator("main")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(text).setExact(true));
  }

  private static Locator.GetByRoleOptions name(String text) {
    return new Locator.GetByRoleOptions().setName(text).setExact(true);
  }

  private void shot(String name) {
    Chromium.shot(page, name);
  }

  private Path copied(String name) throws IOException {
    Path from = Path.of(name);
    Path to = folder.resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }
}
