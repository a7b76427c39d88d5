package io.bailiwick.workbench;

import io.bailiwick.http.RouteSet;
import io.bailiwick.http.Routes;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Digests;
import io.bailiwick.lead.Nullable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/**
 * Serves the page at {@code /} and its files below a name that changes with any of them, so that a
 * browser keeps each for good and an upgrade is seen at once. It serves nothing but its own files
 * and its libraries' scripts.
 */
public final class Workbench implements RouteSet {

  private static final String INDEX = "index.html";
  private static final String PLACE = "/workbench/";
  private static final String LIBRARIES = "lib/";

  private final Libraries libraries = new Libraries();
  private final Map<String, Asset> files = new HashMap<>();
  private final String version;
  private final Asset index;
  private final String policy;

  /** Reads the page's files; throws IllegalStateException where the jar lacks one. */
  public Workbench() {
    SortedMap<String, byte[]> own = PageFiles.read();
    this.version = version(own, libraries.versions());
    String base = PLACE + version + "/";
    String imports =
        Json.write(
            Json.mapper()
                .createObjectNode()
                .set("imports", Json.tree(libraries.imports(base + LIBRARIES))));
    byte[] template = own.remove(INDEX);
    if (template == null) {
      throw new IllegalStateException("the jar lacks " + INDEX);
    }
    own.forEach((path, content) -> files.put(path, Asset.of(path, content)));
    String page =
        new String(template, StandardCharsets.UTF_8)
            .replace("{{base}}", base)
            .replace("{{imports}}", imports);
    this.index = Asset.of(INDEX, page.getBytes(StandardCharsets.UTF_8));
    this.policy = policy(imports);
  }

  @Override
  public void mount(Routes routes) {
    routes.get("/", this::page);
    routes.get("/workbench/*", this::file);
  }

  private void page(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Security-Policy", policy)
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        .putHeader("X-Frame-Options", "DENY");
    send(context, index, "no-cache");
  }

  private void file(RoutingContext context) {
    String path = context.normalizedPath().substring(PLACE.length());
    String own = path.startsWith(version + "/") ? path.substring(version.length() + 1) : "";
    if (!own.startsWith(LIBRARIES)) {
      answer(context, files.get(own));
      return;
    }
    String library = own.substring(LIBRARIES.length());
    context
        .vertx()
        .executeBlocking(() -> libraries.find(library), false)
        .onSuccess(found -> answer(context, found))
        .onFailure(context::fail);
  }

  private static void answer(RoutingContext context, @Nullable Asset found) {
    if (found == null) {
      context.fail(404);
    } else {
      send(context, found, "public, max-age=31536000, immutable");
    }
  }

  private static void send(RoutingContext context, Asset asset, String caching) {
    HttpServerResponse response = context.response();
    response
        .putHeader(HttpHeaders.CACHE_CONTROL, caching)
        .putHeader(HttpHeaders.ETAG, asset.tag())
        .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
        .putHeader("X-Content-Type-Options", "nosniff");
    String known = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
    if (known != null && known.contains(asset.tag())) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, asset.type());
    String accepted = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
    if (accepted != null && accepted.contains("gzip")) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip").end(Buffer.buffer(asset.packed()));
    } else {
      response.end(Buffer.buffer(asset.plain()));
    }
  }

  /** Nothing from elsewhere, nothing inline but the import map, whose text is known by its hash. */
  private static String policy(String imports) {
    byte[] digest =
        HexFormat.of().parseHex(Digests.sha256(imports.getBytes(StandardCharsets.UTF_8)));
    String hash = Base64.getEncoder().encodeToString(digest);
    return "default-src 'none'; script-src 'self' 'sha256-%s'; ".formatted(hash)
        + "style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  private static String version(SortedMap<String, byte[]> own, Map<String, String> libraries) {
    var all = new StringBuilder();
    own.forEach((path, content) -> all.append(path).append(' ').append(Digests.sha256(content)));
    return Digests.sha256((all + " " + libraries).getBytes(StandardCharsets.UTF_8))
        .substring(0, 16);
  }
}
