package io.bailiwick.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * The last lines of {@code mvn verify}: the suites by seconds, and loudly those that were skipped.
 * On CI (CI=true) a skipped suite is a failure, since everything it needs is to be installed there.
 */
public final class SuiteReport {

  private record Suite(String name, int tests, int skipped, double seconds) {}

  private SuiteReport() {}

  /** Reads the reports below the given folder. */
  public static void main(String[] folders) throws Exception {
    List<Suite> suites = new ArrayList<>();
    for (String folder : folders) {
      suites.addAll(read(Path.of(folder)));
    }
    suites.sort(Comparator.comparingDouble(Suite::seconds).reversed());
    int tests = 0;
    int skipped = 0;
    System.out.println("Suites by seconds:");
    for (Suite suite : suites) {
      tests += suite.tests();
      skipped += suite.skipped();
      System.out.printf("  %7.1f s  %5d  %s%n", suite.seconds(), suite.tests(), suite.name());
    }
    suites.stream()
        .filter(suite -> suite.skipped() > 0)
        .forEach(
            suite ->
                System.out.printf(
                    "SKIPPED: %d of %s (its first lines say what it needs)%n",
                    suite.skipped(), suite.name()));
    System.out.printf("%d passed, 0 failed, %d skipped%n", tests - skipped, skipped);
    if (skipped > 0 && "true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(skipped + " tests were skipped; on CI none may be");
    }
  }

  private static List<Suite> read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Suite> suites = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().matches("TEST-.*xml")).toList()) {
        suites.add(suite(file));
      }
    }
    return suites;
  }

  private static Suite suite(Path file) throws IOException {
    try {
      Element root =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(file.toFile())
              .getDocumentElement();
      String name = root.getAttribute("name");
      return new Suite(
          name.substring(name.lastIndexOf('.') + 1),
          Integer.parseInt(root.getAttribute("tests")),
          Integer.parseInt(root.getAttribute("skipped")),
          Double.parseDouble(root.getAttribute("time")));
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file + " is no test report", e);
    }
  }
}
