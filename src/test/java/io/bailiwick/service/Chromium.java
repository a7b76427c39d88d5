package io.bailiwick.service;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The system's Chromium, driven by Playwright from npm; whatever a page complains of in its
 * console, and whatever it asks for that is neither its own files nor under {@code /v1}, is kept,
 * and is a mistake.
 */
final class Chromium implements AutoCloseable {

  static final Path SHOTS = Path.of("target/workbench");

  static final Path MODULES = Path.of("src/test/node/workbench/node_modules");

  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = new ArrayList<>();

  private Chromium(Playwright playwright) {
    this.playwright = playwright;
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                    .setArgs(ARGUMENTS));
  }

  /** Skips the test, and says why, where the machine has no browser or no driver. */
  static Chromium start() throws Exception {
    Programs.need("node");
    Programs.need("chromium");
    Assumptions.assumeTrue(
        Files.isDirectory(MODULES.resolve("playwright-core"))
            && Files.isDirectory(MODULES.resolve("axe-core")),
        "the browser's driver is not installed: npm ci --prefix src/test/node/workbench");
    Path driver = Files.createDirectories(Path.of("target/workbench/driver").toAbsolutePath());
    Path link = driver.resolve("package");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, MODULES.resolve("playwright-core").toAbsolutePath());
    PlaywrightAssertions.setDefaultAssertionTimeout(RunningService.PATIENCE.toMillis());
    System.setProperty("playwright.cli.dir", driver.toString());
    String node = Programs.run(Map.of(), "sh", "-c", "command -v node").strip();
    return new Chromium(
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_NODEJS_PATH", node, "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));
  }

  /** A page of its own, wide as a desk's screen. */
  Page page(ColorScheme scheme) {
    return page(scheme, 1_400, 900);
  }

  Page page(ColorScheme scheme, int width, int height) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(width, height)
                .setLocale("en-GB")
                .setTimezoneId("UTC"));
    Page page = context.newPage();
    page.setDefaultTimeout(RunningService.PATIENCE.toMillis());
    page.onConsoleMessage(this::heard);
    page.onRequest(request -> asked(request.url()));
    page.onPageError(error -> complaints.add(error));
    return page;
  }

  /** What pages complained of since it was last asked. */
  List<String> complaints() {
    List<String> all = List.copyOf(complaints);
    complaints.clear();
    return all;
  }

  /** What axe-core finds wrong with the page, one line each. */
  static List<String> violations(Page page) throws IOException {
    page.evaluate(Files.readString(MODULES.resolve("axe-core/axe.min.js")) + ";undefined");
    @SuppressWarnings("unchecked")
    List<String> found =
        (List<String>)
            page.evaluate(
                """
                async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                  .flatMap((one) => one.nodes.map((node) =>
                    one.id + ': ' + node.target.join(' ') + ' ' + node.failureSummary))
                """);
    return found;
  }

  /**
   * Pictures what is seen, light ({@code name.png}) and dark, and finds nothing wrong in either.
   */
  static void shot(Page page, String name) {
    try {
      for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        Assertions.assertEquals(List.of(), violations(page), name + " " + scheme);
        String file = name + (scheme == ColorScheme.DARK ? "-dark" : "") + ".png";
        page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void asked(String url) {
    String path = URI.create(url).getPath();
    if (path != null && !path.equals("/") && !path.matches("/(v1|workbench)/.*")) {
      complaints.add("asked for " + url);
    }
  }

  private void heard(ConsoleMessage message) {
    if (message.type().equals("error") || message.type().equals("warning")) {
      complaints.add(message.type() + ": " + message.text() + " " + message.location());
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
