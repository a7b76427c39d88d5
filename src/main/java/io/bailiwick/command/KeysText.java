package io.bailiwick.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Keys, as people read them. */
final class KeysText {

  private static final String LINE = "%-12s  %-20s  %-8s  %-16s  %-9s  %-5s  %-24s  %s%n";

  private KeysText() {}

  /** The secret alone on standard output, so that it can be taken from there; the rest beside. */
  static void made(JsonNode key, boolean json, CommandLine line) {
    if (json) {
      line.getOut().println(Json.write(key));
      return;
    }
    line.getErr()
        .printf(
            "Key %s of %s, %s%s. Keep its secret now; it is not said again:%n",
            text(key, "id"),
            text(key, "name"),
            text(key, "role"),
            key.has("ends_at") ? ", until " + text(key, "ends_at") : "");
    line.getErr().flush();
    line.getOut().println(text(key, "secret"));
    line.getOut().flush();
    boolean signs = text(key, "kind").equals("signature");
    line.getErr()
        .println(
            signs
                ? "The source signs by it, as Standard Webhooks says, and posts to"
                    + " /v1/leads?source="
                    + text(key, "source")
                : "It is sent with each request: Authorization: Bearer SECRET");
    line.getErr().flush();
  }

  static void list(JsonNode answer, PrintWriter out) {
    out.printf(LINE, "ID", "NAME", "ROLE", "SOURCE", "KIND", "LIVE", "ENDS", "LAST USED");
    for (JsonNode key : answer.path("keys")) {
      out.printf(
          LINE,
          text(key, "id"),
          text(key, "name"),
          text(key, "role"),
          text(key, "source"),
          text(key, "kind"),
          key.path("live").asBoolean() ? "yes" : "no",
          text(key, "ends_at"),
          text(key, "last_used_at"));
    }
    out.flush();
  }

  private static String text(JsonNode key, String member) {
    return key.path(member).asText("-").isEmpty() ? "-" : key.path(member).asText("-");
  }
}
