package io.bailiwick.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.Demo;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.RuleVersion;
import io.bailiwick.store.SqlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules export}: a kept version's files and fixtures, read beside a running service. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes a version of the rules to DIR/rules and DIR/fixtures, for git.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every file stands there as the version has it",
      "1:no such version, no journal, or a file that differs (nothing is written without --force)",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick rules export out                       what serves",
      "  bailiwick rules export --demo out 9b810726fd38   a version by its hash, or its beginning"
    })
public final class ExportCommand implements Callable<Integer> {

  /** The fewest characters of a hash that name a version. */
  private static final int SHORTEST = 8;

  private static final int LOG = 100_000;

  @Mixin private ConfigOption config;

  @Option(names = "--demo", description = "Reads the demo's journal, data/demo.db.")
  private boolean demo;

  @Option(names = "--json", description = "Answers in JSON.")
  private boolean json;

  @Option(names = "--force", description = "Overwrites files that differ.")
  private boolean force;

  @Parameters(index = "0", paramLabel = "DIR", description = "Where to write; made if need be.")
  private Path folder;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "HASH",
      description = "Which version, by at least 8 characters; the serving one without it.")
  private @Nullable String hash;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var path = config.read(demo ? Demo.DEFAULTS : Map.of()).journal();
    try (var reader = SqlReader.open(path)) {
      List<Publication> log = reader.publications(LOG).toCompletableFuture().join();
      List<String> found =
          log.stream()
              .map(Publication::hash)
              .filter(this::isMeant)
              .distinct()
              .limit(hash == null ? 1 : 2)
              .toList();
      if (found.size() != 1) {
        spec.commandLine()
            .getErr()
            .printf(
                "%s in %s; GET /v1/rules lists the versions.%n",
                found.isEmpty() ? "There is no such version" : "That names several versions", path);
        return 1;
      }
      var version = reader.version(found.get(0)).toCompletableFuture().join();
      return write(version.orElseThrow());
    }
  }

  private boolean isMeant(String one) {
    return hash == null || (hash.length() >= SHORTEST && one.startsWith(hash));
  }

  private int write(RuleVersion version) {
    Map<Path, byte[]> files = files(version);
    List<Path> differing =
        files.entrySet().stream()
            .filter(file -> Files.exists(file.getKey(), LinkOption.NOFOLLOW_LINKS))
            .filter(file -> !same(file.getKey(), file.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (!differing.isEmpty() && !force) {
      differing.forEach(
          file ->
              spec.commandLine()
                  .getErr()
                  .printf("%s differs; nothing is written without --force.%n", file));
      return 1;
    }
    List<Path> written = new ArrayList<>();
    files.forEach(
        (file, content) -> {
          if (!same(file, content)) {
            write(file, content);
            written.add(file);
          }
        });
    tell(version, files.size(), written);
    return 0;
  }

  private Map<Path, byte[]> files(RuleVersion version) {
    Map<Path, byte[]> files = new TreeMap<>();
    Path rules = folder.resolve("rules");
    version.files().texts().forEach((path, text) -> files.put(rules.resolve(path), bytes(text)));
    version.files().sheets().forEach((path, bytes) -> files.put(rules.resolve(path), bytes));
    Path fixtures = folder.resolve("fixtures");
    version.fixtures().forEach((path, text) -> files.put(fixtures.resolve(path), bytes(text)));
    return files;
  }

  private void tell(RuleVersion version, int files, List<Path> written) {
    var out = spec.commandLine().getOut();
    if (json) {
      ObjectNode body = Json.mapper().createObjectNode().put("hash", version.hash());
      body.put("files", files);
      ArrayNode names = body.putArray("written");
      written.forEach(file -> names.add(file.toString()));
      out.println(Json.write(body));
    } else {
      out.printf(
          "version %.12s: %d files, %d of them written to %s%n",
          version.hash(), files, written.size(), folder);
    }
  }

  private static boolean same(Path file, byte[] content) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.size(file) == content.length
          && Arrays.equals(Files.readAllBytes(file), content);
    } catch (IOException e) {
      return false;
    }
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
