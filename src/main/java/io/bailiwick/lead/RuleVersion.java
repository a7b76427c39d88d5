package io.bailiwick.lead;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One version of the rules as it is kept: its files, and the fixtures that prove it. Every path in
 * it stays within the folder it is written to.
 */
public final class RuleVersion {

  /** The longest path, in characters. */
  public static final int MAX_PATH = 255;

  /** A part of a path: not hidden, and so neither "." nor "..". */
  private static final Pattern PART = Pattern.compile("[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]*");

  private final RuleFiles files;
  private final SortedMap<String, String> fixtures;
  private final String digest;

  /**
   * Takes the rules' files, and the text of each fixture file by its path under {@code fixtures/}.
   * Throws IllegalArgumentException for a path that is absolute, hidden or leads out.
   */
  public RuleVersion(RuleFiles files, Map<String, String> fixtures) {
    this.files = files;
    this.fixtures = Collections.unmodifiableSortedMap(new TreeMap<>(fixtures));
    files.texts().keySet().forEach(RuleVersion::check);
    files.sheets().keySet().forEach(RuleVersion::check);
    fixtures.keySet().forEach(RuleVersion::check);
    this.digest = digested();
  }

  /** The rules' files. */
  public RuleFiles files() {
    return files;
  }

  /** Text by path under {@code fixtures/}, in the paths' order. */
  public SortedMap<String, String> fixtures() {
    return fixtures;
  }

  /** The version's name: SHA-256 over the files that can change a decision, and no other. */
  public String hash() {
    return files.hash();
  }

  /** SHA-256 over every file and fixture; tells one state of the folders from another. */
  public String digest() {
    return digest;
  }

  private static void check(String path) {
    boolean legal = path.length() <= MAX_PATH && !path.isEmpty() && !path.endsWith("/");
    for (String part : path.split("/")) {
      legal &= PART.matcher(part).matches();
    }
    if (!legal) {
      throw new IllegalArgumentException(
          "\"%s\" is no path of a file in a folder of rules or fixtures"
              .formatted(path.replaceAll("\\p{Cntrl}", "?")));
    }
  }

  private String digested() {
    var running = new Digests.Running();
    files.texts().forEach((path, text) -> add(running, "rules/" + path, text));
    files
        .sheets()
        .forEach((path, bytes) -> running.add("rules/" + path + '\n' + bytes.length).add(bytes));
    fixtures.forEach((path, text) -> add(running, "fixtures/" + path, text));
    return running.hex();
  }

  private static void add(Digests.Running running, String path, String text) {
    running.add(path + '\n' + text.length() + '\n').add(text);
  }
}
