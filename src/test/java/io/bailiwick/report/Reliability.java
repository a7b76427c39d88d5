package io.bailiwick.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * What the proofs of a run counted, in {@code target/reliability.json}: one object for each
 * measure, of one commit alone. Figures that are told elsewhere come from there.
 */
public final class Reliability {

  private static final Path FILE = Path.of("target/reliability.json");

  private Reliability() {}

  /** The counts of a measure in this run, the seed among them where it has one. */
  public static synchronized void tell(String measure, Map<String, ?> counts) {
    try {
      String commit = commit();
      ObjectNode all = kept(commit);
      ObjectNode told = Json.mapper().valueToTree(new TreeMap<>(counts));
      told.put("at", Instant.now().toString());
      told.put("java", System.getProperty("java.version"));
      ((ObjectNode) all.path("measures")).set(measure, told);
      Files.createDirectories(FILE.getParent());
      Path next = FILE.resolveSibling("reliability.json.next");
      Files.writeString(next, all.toPrettyString() + "\n");
      Files.move(next, FILE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What other suites of this commit told; nothing of another's. */
  private static ObjectNode kept(String commit) throws IOException {
    if (Files.exists(FILE)) {
      ObjectNode before = (ObjectNode) Json.read(Files.readAllBytes(FILE));
      if (before.path("commit").asText().equals(commit)) {
        return before;
      }
    }
    ObjectNode all = Json.mapper().createObjectNode().put("commit", commit);
    all.put("processors", Runtime.getRuntime().availableProcessors());
    all.putObject("measures");
    return all;
  }

  private static String commit() {
    try (Repository repository =
        new FileRepositoryBuilder().readEnvironment().findGitDir().build()) {
      ObjectId head = repository.resolve("HEAD");
      return head == null ? "unknown" : head.name();
    } catch (IOException | IllegalArgumentException e) {
      // Sources without their history.
      return "unknown";
    }
  }
}
