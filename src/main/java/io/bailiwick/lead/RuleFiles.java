package io.bailiwick.lead;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of one rulebook, by path under {@code rules/} with '/' between folders. Its hash is the
 * SHA-256 over every file that can change a decision, so equal rules are one version.
 */
public final class RuleFiles {

  private final SortedMap<String, String> files;
  private final String hash;

  /** Takes the text of each file by its path. */
  public RuleFiles(Map<String, String> files) {
    this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    this.hash = Digests.sha256(canonical().getBytes(StandardCharsets.UTF_8));
  }

  /** Text by path, in the paths' order. */
  public SortedMap<String, String> files() {
    return files;
  }

  /** SHA-256 over the decisive files, 64 hexadecimal digits. */
  public String hash() {
    return hash;
  }

  /** Whether a file of that path can change a decision. */
  public static boolean decisive(String path) {
    return path.endsWith(".drl");
  }

  private String canonical() {
    var text = new StringBuilder();
    files.forEach(
        (path, content) -> {
          if (decisive(path)) {
            text.append(path).append('\n').append(content.length()).append('\n').append(content);
          }
        });
    return text.toString();
  }
}
