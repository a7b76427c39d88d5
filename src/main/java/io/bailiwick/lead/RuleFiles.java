package io.bailiwick.lead;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of one rulebook, by path under {@code rules/} with '/' between folders: texts, and
 * spreadsheets as they are. Its hash is the SHA-256 over every file that can change a decision, so
 * equal rules are one version.
 */
public final class RuleFiles {

  /** How the path of a spreadsheet ends; every other file is a UTF-8 text. */
  public static final String SHEET = ".xlsx";

  private static final Set<String> SETTINGS = Set.of("fields.yaml", "hours.yaml", "waiting.yaml");

  private final SortedMap<String, String> texts;
  private final SortedMap<String, byte[]> sheets;
  private final String hash;

  /** Takes the text of each file by its path; there is no spreadsheet among them. */
  public RuleFiles(Map<String, String> texts) {
    this(texts, Map.of());
  }

  /** Takes texts and spreadsheets by their paths. */
  public RuleFiles(Map<String, String> texts, Map<String, byte[]> sheets) {
    this.texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    this.sheets = Collections.unmodifiableSortedMap(new TreeMap<>(sheets));
    this.hash = hashed();
  }

  /** Text by path, in the paths' order; spreadsheets are not among them. */
  public SortedMap<String, String> texts() {
    return texts;
  }

  /** Spreadsheets by path, in the paths' order. */
  public SortedMap<String, byte[]> sheets() {
    return sheets;
  }

  /** SHA-256 over the decisive files, 64 hexadecimal digits. */
  public String hash() {
    return hash;
  }

  /**
   * Whether a file of that path can change a decision: rules, decision and lookup tables, the
   * declared fields, the business hours and the limits of waiting.
   */
  public static boolean decisive(String path) {
    return path.endsWith(".drl")
        || path.endsWith(".csv")
        || path.endsWith(SHEET)
        || SETTINGS.contains(path);
  }

  private String hashed() {
    var digest = new Digests.Running();
    texts.forEach(
        (path, text) -> {
          if (decisive(path)) {
            digest.add(path + '\n' + text.length() + '\n').add(text);
          }
        });
    sheets.forEach((path, bytes) -> digest.add(path + '\n' + bytes.length + '\n').add(bytes));
    return digest.hex();
  }
}
