package io.bailiwick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The pages for people: what they point to is there. */
class DocumentsTest {

  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(?:#[^)]*)?\\)");
  private static final Pattern FILE =
      Pattern.compile("`((?:docs|rules|fixtures|src|bin)/[\\w./-]*\\.\\w+)`");

  @Test
  void whatAPagePointsToIsThere() throws IOException {
    List<String> missing = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      String text = Files.readString(page);
      Path folder = page.toAbsolutePath().getParent();
      for (Matcher link = LINK.matcher(text); link.find(); links++) {
        if (!link.group(1).contains("://") && !Files.exists(folder.resolve(link.group(1)))) {
          missing.add(page + " links " + link.group(1));
        }
      }
      for (Matcher file = FILE.matcher(text); file.find(); links++) {
        if (!file.group(1).contains("NAME") && !Files.exists(Path.of(file.group(1)))) {
          missing.add(page + " names " + file.group(1));
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(links > 5, "the links were found");
  }

  @Test
  void readmePointsToEveryOtherPage() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    Path operations = Path.of("docs/operations");
    String index = Files.readString(operations.resolve("README.md"));
    assertEquals(
        List.of(),
        pages().stream()
            .filter(page -> !page.toString().equals("README.md"))
            .filter(page -> !readme.contains("(" + page + ")"))
            .filter(
                page ->
                    !operations.equals(page.getParent())
                        || !index.contains("(" + page.getFileName() + ")"))
            .map(Path::toString)
            .toList());
  }

  /** That they also do what the pages say is tested where the jar is run. */
  @Test
  void everyCommandThatPagesAndHelpsShowIsOneThatTheCommandLineTakes() throws IOException {
    List<String> shown = new ArrayList<>();
    for (Path page : pages()) {
      Files.readAllLines(page).stream()
          .map(line -> line.replaceFirst("^[ $]+java -jar target/bailiwick.jar", "    bailiwick"))
          .filter(line -> line.startsWith("    bailiwick "))
          .forEach(shown::add);
    }
    int pages = shown.size();
    examples(Bailiwick.commandLine(), shown);
    assertTrue(pages > 10 && shown.size() > pages + 20, shown.toString());
    List<String> wrong = new ArrayList<>();
    for (String line : shown) {
      // What an example does stands two spaces or more behind it.
      String command = line.strip().replaceFirst(" {2,}.*", "");
      String[] words = command.substring("bailiwick ".length()).replace("\"", "").split(" +");
      try {
        Bailiwick.commandLine().parseArgs(words);
      } catch (ParameterException e) {
        wrong.add(command + ": " + e.getMessage());
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static void examples(CommandLine command, List<String> into) {
    for (String line : command.getCommandSpec().usageMessage().footer()) {
      int begin = line.indexOf("bailiwick ");
      if (begin >= 0 && line.startsWith("  ")) {
        into.add(line.substring(begin));
      }
    }
    command.getSubcommands().values().forEach(each -> examples(each, into));
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (String folder : List.of("", "docs", "docs/operations", "rules", "fixtures")) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
  }
}
