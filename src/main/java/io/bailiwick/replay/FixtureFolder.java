package io.bailiwick.replay;

import java.io.IOException;
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
 * Reads the files of {@code fixtures/}: territories, leads with what they expect, stories, and the
 * rules that are not fired on purpose; bounded, and no other file.
 */
public final class FixtureFolder {

  /** The most files of leads, and of stories. */
  public static final int MAX_FILES = 10_000;

  /** The largest file, in bytes. */
  public static final long MAX_BYTES = 16L << 20;

  private static final List<String> SINGLE = List.of("territories.json", "unfired.json");

  private static final List<String> MANY = List.of("leads", "stories");

  private FixtureFolder() {}

  /**
   * All fixtures of a folder. Throws IllegalArgumentException where there is no such folder, or its
   * {@code territories.json} or {@code unfired.json} cannot be read.
   */
  public static Fixtures read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("there is no folder of fixtures: " + folder);
    }
    return FixtureReader.read(texts(folder));
  }

  /**
   * The text of each file by its path in the folder; none where there is no such folder. Throws
   * IllegalArgumentException where one cannot be read, is too large or is no UTF-8.
   */
  public static Map<String, String> texts(Path folder) {
    Map<String, String> texts = new TreeMap<>();
    for (String name : SINGLE) {
      if (Files.isRegularFile(folder.resolve(name))) {
        texts.put(name, text(folder, name));
      }
    }
    for (String within : MANY) {
      files(folder, within).forEach(name -> texts.put(name, text(folder, name)));
    }
    return texts;
  }

  private static String text(Path folder, String name) {
    Path path = folder.resolve(name);
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new IllegalArgumentException(name + " is larger than " + MAX_BYTES + " bytes");
      }
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(path + " is not valid UTF-8", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + path, e);
    }
  }

  /** Whether a file of that path is a table of fixtures. */
  public static boolean table(String path) {
    return path.endsWith(".csv");
  }

  /**
   * The JSON files, and of leads the tables, of a folder within, by name, as paths from the
   * fixtures' folder.
   */
  private static List<String> files(Path folder, String within) {
    Path inner = folder.resolve(within);
    if (!Files.isDirectory(inner)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(inner)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .map(file -> within + "/" + file.getFileName())
          .filter(name -> name.endsWith(".json") || (table(name) && within.equals("leads")))
          .sorted()
          .limit(MAX_FILES)
          .toList();
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot list " + inner, e);
    }
  }
}
