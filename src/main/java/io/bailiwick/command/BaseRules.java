package io.bailiwick.command;

import io.bailiwick.Config;
import io.bailiwick.flow.JournalReader;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.replay.RuleFolder;
import io.bailiwick.store.SqlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/**
 * The rules that a change is held against, by what a person types: {@code serving}, a folder, the
 * hash of a kept version (its first eight digits will do), or a git ref.
 *
 * @param said which they are, for people
 */
record BaseRules(RuleFiles files, String said) {

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{8,64}");
  private static final int LOG = 500;

  /** Throws IllegalArgumentException that says what there is instead. */
  static BaseRules find(String typed, Config config) {
    if (typed.equals("serving")) {
      return serving(config);
    }
    Path folder = folder(typed);
    if (folder != null) {
      return new BaseRules(RuleFolder.read(folder), "folder " + typed);
    }
    if (HASH.matcher(typed).matches()) {
      Optional<BaseRules> kept = kept(typed, config);
      if (kept.isPresent()) {
        return kept.get();
      }
    }
    return ofGit(typed, config.rules());
  }

  private static BaseRules serving(Config config) {
    try (var reader = SqlReader.open(config.journal())) {
      List<Publication> log = done(reader.publications(1));
      if (log.isEmpty()) {
        throw new IllegalArgumentException("no rulebook has served by " + config.journal());
      }
      Publication last = log.get(0);
      RuleVersion version = done(reader.version(last.hash())).orElseThrow();
      return new BaseRules(version.files(), "serving since " + last.at());
    }
  }

  private static Optional<BaseRules> kept(String hash, Config config) {
    if (!config.journal().mayBeThere()) {
      return Optional.empty();
    }
    try (JournalReader reader = SqlReader.open(config.journal())) {
      return done(reader.publications(LOG)).stream()
          .filter(publication -> publication.hash().startsWith(hash))
          .findFirst()
          .flatMap(publication -> done(reader.version(publication.hash())))
          .map(version -> new BaseRules(version.files(), "version " + version.hash()));
    }
  }

  private static @io.bailiwick.lead.Nullable Path folder(String typed) {
    try {
      Path folder = Path.of(typed);
      return Files.isDirectory(folder) ? folder : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static BaseRules ofGit(String ref, Path rules) {
    Path folder = rules.toAbsolutePath().normalize();
    var builder = new FileRepositoryBuilder().findGitDir(folder.toFile());
    if (builder.getGitDir() == null) {
      throw new IllegalArgumentException(
          "\"%s\" is no folder and no kept version, and %s is in no git repository"
              .formatted(ref, rules));
    }
    try (Repository repository = builder.build()) {
      ObjectId commit = repository.resolve(ref + "^{commit}");
      if (commit == null) {
        throw new IllegalArgumentException(
            "\"%s\" is no folder, no kept version and no git ref".formatted(ref));
      }
      Path within = repository.getWorkTree().toPath().toRealPath().relativize(folder.toRealPath());
      RuleFiles files = read(repository, commit, within.toString().replace('\\', '/'));
      return new BaseRules(files, "git %s (%.10s)".formatted(ref, commit.name()));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the rules at " + ref + ": " + e, e);
    }
  }

  private static RuleFiles read(Repository repository, ObjectId commit, String folder)
      throws IOException {
    Map<String, String> texts = new TreeMap<>();
    Map<String, byte[]> sheets = new TreeMap<>();
    try (var walk = new RevWalk(repository);
        var tree = new TreeWalk(repository)) {
      tree.addTree(walk.parseCommit(commit).getTree());
      tree.setRecursive(true);
      tree.setFilter(PathFilter.create(folder));
      while (tree.next()) {
        String path = tree.getPathString().substring(folder.length() + 1);
        byte[] content = repository.open(tree.getObjectId(0)).getBytes();
        if (path.endsWith(RuleFiles.SHEET)) {
          sheets.put(path, content);
        } else if (!hidden(path)) {
          texts.put(path, new String(content, StandardCharsets.UTF_8));
        }
      }
    }
    if (texts.isEmpty() && sheets.isEmpty()) {
      throw new IllegalArgumentException("there is no folder " + folder + " at that ref");
    }
    return new RuleFiles(texts, sheets);
  }

  private static boolean hidden(String path) {
    List<String> parts = new ArrayList<>(List.of(path.split("/")));
    return parts.stream().anyMatch(part -> part.startsWith("."));
  }

  private static <T> T done(java.util.concurrent.CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
