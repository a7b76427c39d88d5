package io.bailiwick.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The page's own files, read once: what is not among them is not there. */
final class PageFiles {

  private static final String FOLDER = "page";

  private PageFiles() {}

  /** Content by path, in the paths' order. */
  static SortedMap<String, byte[]> read() {
    URL folder = PageFiles.class.getResource(FOLDER);
    if (folder == null) {
      throw new IllegalStateException("the jar lacks the workbench");
    }
    try {
      URI place = folder.toURI();
      return place.getScheme().equals("jar") ? packed(place) : under(Path.of(place));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the workbench of the jar", e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SortedMap<String, byte[]> packed(URI place) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
      return under(jar.provider().getPath(place));
    } catch (FileSystemAlreadyExistsException alreadyOpen) {
      // Somebody else reads this jar, and closes it.
      return under(Path.of(place));
    }
  }

  private static SortedMap<String, byte[]> under(Path folder) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return files;
  }
}
