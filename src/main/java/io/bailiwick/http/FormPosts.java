package io.bailiwick.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.http.IncomingLeads.Sent;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.PublicForm;
import io.bailiwick.json.Refusal;
import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.Nullable;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What browser forms need besides: a trap for machines that fill every field, and a way on. */
final class FormPosts {

  private FormPosts() {}

  /** Whether a field was filled that no person sees. */
  static boolean trapped(Sent sent) {
    PublicForm form = sent.mapping().form();
    String honeypot = form == null ? null : form.honeypot();
    return honeypot != null
        && sent.parsed().items().stream().anyMatch(item -> !text(item, honeypot).isEmpty());
  }

  /** Sends the browser on where it posted a form and its source says where to. */
  static boolean redirected(RoutingContext context, Sent sent) {
    URI target = target(sent);
    if (target != null) {
      context
          .response()
          .setStatusCode(303)
          .putHeader(HttpHeaders.LOCATION, target.toString())
          .end();
    }
    return target != null;
  }

  /** Throws {@link Refusal} for a page the source's file does not list; before anything is done. */
  static @Nullable URI target(Sent sent) {
    SourceMapping mapping = sent.mapping();
    if (!sent.parsed().form() || mapping.redirects().isEmpty()) {
      return null;
    }
    String asked = text(sent.parsed().items().get(0), SourceMapping.REDIRECT);
    if (asked.isEmpty()) {
      return mapping.redirects().get(0);
    }
    return mapping.redirects().stream()
        .filter(one -> one.toString().equals(asked))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    ProblemType.INVALID_REQUEST,
                    SourceMapping.REDIRECT
                        + " must be one of the redirects of the source's file."
                        + " Nothing is stored."));
  }

  private static String text(LeadBodies.Item item, String member) {
    try {
      JsonNode value = Json.read(item.text().getBytes(StandardCharsets.UTF_8)).path(member);
      return value.isNull() || value.isMissingNode() ? "" : value.asText(value.toString()).strip();
    } catch (IOException e) {
      throw new IllegalStateException("what was read before is read again", e);
    }
  }
}
