package io.bailiwick.replay;

import io.bailiwick.lead.RuleFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads a folder of rules as one rulebook's files: bounded, no links followed, and UTF-8 but for
 * spreadsheets.
 */
public final class RuleFolder {

  /** The most files a folder of rules may hold. */
  public static final int MAX_FILES = 10_000;

  /** The most bytes they may have together. */
  public static final long MAX_BYTES = 64L << 20;

  private RuleFolder() {}

  /**
   * All files under the folder but hidden ones, by their path within it. Throws
   * IllegalArgumentException where there is no such folder, it is too large, or a file is no UTF-8.
   */
  public static RuleFiles read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "there is no folder of rules at " + folder.toAbsolutePath() + "; rules.dir names it");
    }
    Map<String, String> texts = new TreeMap<>();
    Map<String, byte[]> sheets = new TreeMap<>();
    long bytes = 0;
    for (Path file : list(folder)) {
      byte[] content = content(file);
      bytes += content.length;
      if (bytes > MAX_BYTES) {
        throw new IllegalArgumentException(folder + " holds more than " + MAX_BYTES + " bytes");
      }
      String path = folder.relativize(file).toString().replace('\\', '/');
      if (path.endsWith(RuleFiles.SHEET)) {
        sheets.put(path, content);
      } else {
        texts.put(path, text(file, content));
      }
    }
    return new RuleFiles(texts, sheets);
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found =
          files
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .filter(file -> !hidden(folder.relativize(file)))
              .limit(MAX_FILES + 1L)
              .toList();
      if (found.size() > MAX_FILES) {
        throw new IllegalArgumentException(folder + " holds more than " + MAX_FILES + " files");
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the rules in " + folder, e);
    }
  }

  private static boolean hidden(Path within) {
    for (Path part : within) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static String text(Path file, byte[] content) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not valid UTF-8", e);
    }
  }
}
