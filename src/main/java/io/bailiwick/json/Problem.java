package io.bailiwick.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A refusal as {@code application/problem+json} (RFC 9457). It names places, limits and kinds, and
 * never repeats a value that was sent.
 *
 * @param errors each flaw with its JSON pointer (RFC 6901)
 */
public record Problem(ProblemType type, String detail, List<Flaw> errors) {

  /** What is wrong at one place of the document. */
  public record Flaw(String pointer, String detail) {}

  public Problem {
    errors = List.copyOf(errors);
  }

  /** A problem without places. */
  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, List.of());
  }

  /** The body. */
  public ObjectNode json() {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("type", "/problems/" + type.slug());
    body.put("title", type.title());
    body.put("status", type.status());
    body.put("detail", detail);
    body.put("retry", type.retry());
    if (!errors.isEmpty()) {
      body.set("errors", Json.tree(errors));
    }
    return body;
  }
}
