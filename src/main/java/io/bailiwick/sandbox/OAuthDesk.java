package io.bailiwick.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import io.bailiwick.sandbox.OAuthBook.Given;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * The accounts server of the pretend Zoho: {@code POST /oauth/v2/token} in each of the three
 * encodings that clients send. Errors come with status 200, as Zoho's do; "Access Denied" with 400,
 * as field reports have it.
 */
final class OAuthDesk {

  private static final String PATH = "/oauth/v2/token";

  /** What a call brings beside its body. */
  record Asked(String method, String uri, @Nullable String type, String base) {

    static Asked of(HttpServerRequest request) {
      return new Asked(
          request.method().name(),
          request.uri(),
          request.getHeader("Content-Type"),
          // The sandbox's own address: a real domain would send a client away to the real Zoho.
          "http://" + request.getHeader("Host"));
    }
  }

  private OAuthDesk() {}

  static boolean serves(String path) {
    return path.equals(PATH);
  }

  static ApiAnswer answer(OAuthBook book, Asked asked, byte[] body, Instant now) {
    if (!asked.method().equals("POST")) {
      return ApiAnswer.wrongMethod();
    }
    Map<String, String> form;
    try {
      form = form(asked, body);
    } catch (IOException | RuntimeException unreadable) {
      return error("invalid_request");
    }
    if (!OAuthBook.CLIENT_ID.equals(form.get("client_id"))) {
      return error("invalid_client");
    }
    if (!OAuthBook.CLIENT_SECRET.equals(form.get("client_secret"))) {
      return error("invalid_client_secret");
    }
    return switch (form.getOrDefault("grant_type", "")) {
      case "refresh_token" -> refreshed(book, form.getOrDefault("refresh_token", ""), asked, now);
      case "authorization_code" -> exchanged(book, form.getOrDefault("code", ""), asked, now);
      default -> error("unsupported_grant_type");
    };
  }

  private static ApiAnswer refreshed(OAuthBook book, String token, Asked asked, Instant now) {
    return book.knows(token) ? given(book, token, asked, now) : error("invalid_code");
  }

  private static ApiAnswer exchanged(OAuthBook book, String code, Asked asked, Instant now) {
    String token = book.exchanged(code, now);
    if (token == null) {
      return error("invalid_code");
    }
    ApiAnswer answer = given(book, token, asked, now);
    if (answer.body() instanceof ObjectNode node) {
      node.put("refresh_token", token);
    }
    return answer;
  }

  private static ApiAnswer given(OAuthBook book, String token, Asked asked, Instant now) {
    Given given = book.give(token, now);
    if (given == null) {
      ObjectNode body = Json.mapper().createObjectNode();
      body.put(
          "error_description",
          "You have made too many requests continuously. Please try again after some time.");
      return new ApiAnswer(400, body.put("error", "Access Denied").put("status", "failure"));
    }
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("access_token", given.token()).put("scope", book.scopesOf(token));
    body.put("api_domain", asked.base()).put("token_type", "Bearer");
    return new ApiAnswer(200, body.put("expires_in", book.life().toSeconds()));
  }

  private static ApiAnswer error(String word) {
    return new ApiAnswer(200, Json.mapper().createObjectNode().put("error", word));
  }

  /** The query string's parameters, and over them those of a form in the body. */
  private static Map<String, String> form(Asked asked, byte[] body) throws IOException {
    Map<String, String> form = ApiCall.of("POST", asked.uri(), body).query();
    String type = asked.type() == null ? "" : asked.type().toLowerCase(Locale.ROOT);
    boolean encoded = type.startsWith("application/x-www-form-urlencoded");
    if (!encoded && !type.startsWith("multipart/form-data")) {
      return form;
    }
    var request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, asked.uri(), Unpooled.wrappedBuffer(body));
    request.headers().set(HttpHeaderNames.CONTENT_TYPE, asked.type());
    var decoder = new HttpPostRequestDecoder(new DefaultHttpDataFactory(false), request);
    try {
      for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
        if (part instanceof Attribute attribute) {
          form.put(attribute.getName(), attribute.getValue());
        }
      }
    } finally {
      decoder.destroy();
    }
    return form;
  }
}
