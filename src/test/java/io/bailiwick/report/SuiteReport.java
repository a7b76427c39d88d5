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
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The last lines of {@code mvn verify}: the suites by seconds, and loudly those that were skipped.
 * On CI (CI=true) a skipped suite is a failure, since everything it needs is to be installed there.
 */
public final class SuiteReport {

  private record Suite(String name, int tests, List<String> skipped, double seconds) {}

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
      skipped += suite.skipped().size();
      System.out.printf("  %7.1f s  %5d  %s%n", suite.seconds(), suite.tests(), suite.name());
    }
    for (Suite suite : suites) {
      suite.skipped().forEach(why -> System.out.printf("SKIPPED: %s %s%n", suite.name(), why));
    }
    System.out.printf("%d passed, 0 failed, %d skipped%n", tests - skipped, skipped);
    if (tests == 0) {
      throw new IllegalStateException("no test report was found; this report would mean nothing");
    }
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
          skipped(root),
          Double.parseDouble(root.getAttribute("time")));
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file + " is no test report", e);
    }
  }

  /** The skipped tests of a suite, each with what it said it needs. */
  private static List<String> skipped(Element suite) {
    List<String> all = new ArrayList<>();
    NodeList skips = suite.getElementsByTagName("skipped");
    for (int i = 0; i < skips.getLength(); i++) {
      Element skip = (Element) skips.item(i);
      String told = skip.getAttribute("message") + skip.getTextContent().strip();
      String why = told.lines().findFirst().orElse("").replaceFirst("^.*Assumption failed: ", "");
      all.add(((Element) skip.getParentNode()).getAttribute("name") + ": " + why);
    }
    return all;
  }
}
