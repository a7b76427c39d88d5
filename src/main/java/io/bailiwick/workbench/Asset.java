package io.bailiwick.workbench;

import io.bailiwick.lead.Digests;
import io.bailiwick.lead.Nullable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A file as browsers get it.
 *
 * @param type its media type
 * @param packed the same in gzip
 * @param tag its entity tag, by which a browser asks whether it has changed
 */
record Asset(String type, byte[] plain, byte[] packed, String tag) {

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  static Asset of(String name, byte[] content) {
    String type = type(name);
    if (type == null) {
      throw new IllegalStateException("a file of the page has no media type: " + name);
    }
    String tag = '"' + Digests.sha256(content).substring(0, 32) + '"';
    return new Asset(type, content, gzip(content), tag);
  }

  /** The media type by the name's ending; null for a file that is not served. */
  static @Nullable String type(String name) {
    return TYPES.get(name.substring(name.lastIndexOf('.') + 1));
  }

  private static byte[] gzip(byte[] content) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
