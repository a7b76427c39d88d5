package io.bailiwick.service;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/** Bodies that are no lead, and what each is to be answered with. */
final class BadBodies {

  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String LINES = "application/x-ndjson";

  private BadBodies() {}

  /** What is sent, and the problem it is to be answered with. */
  record Bad(String what, String type, byte[] body, int status, String problem) {
    Bad(String what, String type, String body, int status, String problem) {
      this(what, type, body.getBytes(StandardCharsets.UTF_8), status, problem);
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Bad> all() {
    String large = "{\"crmId\":\"1\",\"city\":\"" + "x".repeat(2 << 20) + "\"}";
    return Stream.of(
        new Bad("nothing", JSON, "", 400, "malformed-body"),
        new Bad("not JSON", JSON, "hello secret", 400, "malformed-body"),
        new Bad("half of an object", JSON, "{\"crmId\":\"1\"", 400, "malformed-body"),
        new Bad("something after the end", JSON, "{\"crmId\":\"1\"} x", 400, "malformed-body"),
        new Bad("null", JSON, "null", 400, "malformed-body"),
        new Bad("a number", JSON, "12", 400, "malformed-body"),
        new Bad("NaN", JSON, "{\"crmId\":\"1\",\"employees\":NaN}", 400, "malformed-body"),
        new Bad(
            "33 levels", JSON, "{\"a\":".repeat(33) + "1" + "}".repeat(33), 400, "malformed-body"),
        new Bad("100,000 levels", JSON, "[".repeat(100_000), 400, "malformed-body"),
        new Bad("a name twice", JSON, "{\"crmId\":\"1\",\"crmId\":\"2\"}", 400, "malformed-body"),
        new Bad(
            "a nested name twice",
            JSON,
            "{\"attributes\":{\"a\":\"1\",\"a\":\"2\"}}",
            400,
            "malformed-body"),
        new Bad(
            "invalid UTF-8",
            JSON,
            bytes("{\"crmId\":\"1\",\"city\":\"", 0xff, "\"}"),
            400,
            "malformed-body"),
        new Bad(
            "UTF-8 that is too long",
            JSON,
            bytes("{\"city\":\"", 0xc0, "\"}"),
            400,
            "malformed-body"),
        new Bad(
            "a text of 70,000 characters",
            JSON,
            "{\"crmId\":\"1\",\"city\":\"" + "x".repeat(70_000) + "\"}",
            400,
            "malformed-body"),
        new Bad(
            "a name of 300 characters",
            JSON,
            "{\"crmId\":\"1\",\"" + "k".repeat(300) + "\":\"v\"}",
            400,
            "malformed-body"),
        new Bad(
            "a number of 70 digits",
            JSON,
            "{\"crmId\":\"1\",\"employees\":" + "9".repeat(70) + "}",
            400,
            "malformed-body"),
        new Bad("2 MiB", JSON, large, 413, "body-too-large"),
        new Bad(
            "1,001 leads",
            JSON,
            "[" + "{\"crmId\":\"1\"},".repeat(1_000) + "{\"crmId\":\"1\"}]",
            413,
            "body-too-large"),
        new Bad("no lead at all", JSON, "[]", 422, "invalid-lead"),
        new Bad("no crmId", JSON, "{\"country\":\"US\"}", 422, "invalid-lead"),
        new Bad(
            "wrong types",
            JSON,
            "{\"crmId\":\"1\",\"country\":[\"DE\"],\"employees\":true}",
            422,
            "invalid-lead"),
        new Bad(
            "attributes that are a list",
            JSON,
            "{\"crmId\":\"1\",\"attributes\":[]}",
            422,
            "invalid-lead"),
        new Bad("a list of numbers", JSON, "[1,2]", 422, "invalid-lead"),
        new Bad("a crmId with a slash", JSON, "{\"crmId\":\"../1\"}", 422, "invalid-lead"),
        new Bad(
            "an unknown module",
            JSON,
            "{\"crmId\":\"1\",\"module\":\"Cases\"}",
            422,
            "invalid-lead"),
        new Bad(
            "a revision that is none",
            JSON,
            "{\"crmId\":\"1\",\"revision\":\"new\"}",
            422,
            "invalid-lead"),
        new Bad(
            "a city of 300 characters",
            JSON,
            "{\"crmId\":\"1\",\"city\":\"" + "x".repeat(300) + "\"}",
            422,
            "invalid-lead"),
        new Bad("101 attributes", JSON, attributes(101), 422, "invalid-lead"),
        new Bad(
            "half a character",
            JSON,
            "{\"crmId\":\"1\",\"city\":\"\\ud800\"}",
            422,
            "invalid-lead"),
        new Bad("a NUL", JSON, "{\"crmId\":\"1\",\"city\":\"a\\u0000b\"}", 422, "invalid-lead"),
        new Bad("a broken second line", LINES, "{\"crmId\":\"1\"}\n{\"crm", 400, "malformed-body"),
        new Bad("lines of no objects", LINES, "[1]\n2", 422, "invalid-lead"),
        new Bad("blank lines", LINES, "\n\n", 422, "invalid-lead"),
        new Bad("a broken escape", FORM, "crmId=%zz", 400, "malformed-body"),
        new Bad("a cut escape", FORM, "crmId=1&city=%4", 400, "malformed-body"),
        new Bad("an escape of invalid UTF-8", FORM, "crmId=1&city=%ff", 400, "malformed-body"),
        new Bad("a field twice", FORM, "crmId=1&crmId=2", 400, "malformed-body"),
        new Bad("JSON as a form", FORM, "{\"crmId\":\"1\"}", 415, "unsupported-media-type"),
        new Bad("an unknown type", "application/xml", "<a/>", 415, "unsupported-media-type"),
        new Bad(
            "a form of parts",
            "multipart/form-data; boundary=a",
            "--a--",
            415,
            "unsupported-media-type"),
        new Bad(
            "another charset",
            JSON + "; charset=iso-8859-1",
            "{\"crmId\":\"1\"}",
            415,
            "unsupported-media-type"));
  }

  /** A whole request with that body. */
  static byte[] request(Bad bad) {
    String head =
        "POST /v1/decisions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: %s\r\n"
            .formatted(bad.type());
    String length = "Content-Length: " + bad.body().length + "\r\n\r\n";
    return bytes(head + length, bad.body());
  }

  private static String attributes(int count) {
    StringBuilder all = new StringBuilder("{\"crmId\":\"1\",\"attributes\":{");
    for (int i = 0; i < count; i++) {
      all.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":\"v\"");
    }
    return all.append("}}").toString();
  }

  private static byte[] bytes(String before, int middle, String after) {
    return bytes(before, bytes(new String(new char[] {(char) middle}), after));
  }

  private static byte[] bytes(String before, String after) {
    return (before + after).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String before, byte[] after) {
    byte[] first = before.getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = Arrays.copyOf(first, first.length + after.length);
    System.arraycopy(after, 0, all, first.length, after.length);
    return all;
  }
}
