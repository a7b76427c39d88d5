package io.bailiwick.http;

import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** {@code /openapi.json}, and a page for each type of problem. */
final class DocumentRoutes {

  private final String openapi = resource("openapi.json");

  void mount(Routes routes) {
    routes.get("/openapi.json", this::openapi);
    routes.get("/problems/:slug", DocumentRoutes::problem);
  }

  private void openapi(RoutingContext context) {
    context.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(openapi);
  }

  private static void problem(RoutingContext context) {
    String slug = context.pathParam("slug");
    ProblemType type =
        Arrays.stream(ProblemType.values())
            .filter(one -> one.slug().equals(slug))
            .findFirst()
            .orElse(null);
    if (type == null) {
      Answers.failure(
          context, new Refusal(ProblemType.NOT_FOUND, "There is no problem of that type."));
      return;
    }
    Answers.html(
        context,
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>%1$s</title>
        <h1>%1$s</h1>
        <p>Status %2$d, type <code>/problems/%3$s</code>.</p>
        <p><strong>What to do:</strong> %4$s</p>
        <p><strong>Send the same request again?</strong> %5$s</p>
        </html>
        """
            .formatted(
                type.title(),
                type.status(),
                type.slug(),
                type.advice(),
                type.retry() ? "Yes, a little later." : "No, it would be refused again."));
  }

  private static String resource(String name) {
    try (InputStream in = DocumentRoutes.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
