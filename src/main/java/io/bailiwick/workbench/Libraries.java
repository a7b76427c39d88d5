package io.bailiwick.workbench;

import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.webjars.WebJarVersionLocator;

/**
 * The libraries of the page, as WebJars on the class path: under which name a module imports each,
 * and their files. Nothing of the class path is reached but scripts of these.
 */
final class Libraries {

  /** By the name a module imports: the WebJar and the file in it, or its folder. */
  private static final Map<String, String> IMPORTS =
      Map.ofEntries(
          Map.entry("lit-html", "lit-html/lit-html.js"),
          Map.entry("lit-html/", "lit-html/"),
          Map.entry("@codemirror/state", "codemirror__state/dist/index.js"),
          Map.entry("@codemirror/view", "codemirror__view/dist/index.js"),
          Map.entry("@codemirror/language", "codemirror__language/dist/index.js"),
          Map.entry("@codemirror/autocomplete", "codemirror__autocomplete/dist/index.js"),
          Map.entry("@codemirror/lint", "codemirror__lint/dist/index.js"),
          Map.entry("@codemirror/commands", "codemirror__commands/dist/index.js"),
          Map.entry("@lezer/common", "lezer__common/dist/index.js"),
          Map.entry("@lezer/highlight", "lezer__highlight/dist/index.js"),
          Map.entry("@lezer/lr", "lezer__lr/dist/index.js"),
          Map.entry("style-mod", "style-mod/src/style-mod.js"),
          Map.entry("w3c-keyname", "w3c-keyname/index.js"),
          Map.entry("crelt", "crelt/index.js"),
          Map.entry("@marijn/find-cluster-break", "marijn__find-cluster-break/src/index.js"),
          Map.entry("d3-sankey", "d3-sankey/src/sankey.js"),
          Map.entry("d3-array", "d3-array/src/index.js"),
          Map.entry("internmap", "internmap/src/index.js"));

  private static final Pattern FILE = Pattern.compile("(?:[a-zA-Z0-9_-]+/)*[a-zA-Z0-9_.-]+\\.js");

  private final WebJarVersionLocator locator = new WebJarVersionLocator();
  private final Set<String> names = new TreeSet<>();
  private final Map<String, Asset> read = new ConcurrentHashMap<>();

  /** Throws IllegalStateException where the jar lacks one. */
  Libraries() {
    IMPORTS.values().forEach(path -> names.add(path.substring(0, path.indexOf('/'))));
    versions();
  }

  /** The import map's members, by where the libraries are served. */
  Map<String, String> imports(String base) {
    Map<String, String> imports = new TreeMap<>();
    IMPORTS.forEach((name, path) -> imports.put(name, base + path));
    return imports;
  }

  /** Each library with its version. */
  Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    for (String name : names) {
      String version = locator.version(name);
      if (version == null) {
        throw new IllegalStateException("the jar lacks the library " + name);
      }
      versions.put(name, version);
    }
    return versions;
  }

  /** The script at {@code NAME/FILE}, read on first use; null where there is none. */
  @Nullable
  Asset find(String path) {
    Asset known = read.get(path);
    if (known != null) {
      return known;
    }
    int slash = path.indexOf('/');
    String name = slash < 0 ? "" : path.substring(0, slash);
    String file = path.substring(slash + 1);
    if (!names.contains(name) || !FILE.matcher(file).matches()) {
      return null;
    }
    String place = locator.fullPath(name, file);
    byte[] content = place == null ? null : content(place);
    if (content == null) {
      return null;
    }
    Asset asset = Asset.of(file, content);
    read.put(path, asset);
    return asset;
  }

  private static byte @Nullable [] content(String place) {
    try (InputStream in = Json.class.getClassLoader().getResourceAsStream(place)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + place + " of the jar", e);
    }
  }
}
