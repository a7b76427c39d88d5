package io.bailiwick.service;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import java.util.zip.GZIPInputStream;

/** A collector of spans: takes OTLP over HTTP in protobuf, and reads what the tests ask of it. */
final class SpanReceiver implements AutoCloseable {

  /** A span as it came; attributes that are text. */
  record Span(
      String traceId,
      String spanId,
      String parentId,
      String name,
      Map<String, String> attributes) {}

  private final HttpServer server;
  private final List<Span> spans = new ArrayList<>();

  SpanReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          byte[] sent = exchange.getRequestBody().readAllBytes();
          boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
          read(packed ? new GZIPInputStream(new ByteArrayInputStream(sent)).readAllBytes() : sent);
          exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized List<Span> spans() {
    return List.copyOf(spans);
  }

  List<Span> named(String name) {
    return spans().stream().filter(span -> span.name().equals(name)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** ExportTraceServiceRequest: resource_spans 1, scope_spans 2, spans 2. */
  private synchronized void read(byte[] request) {
    fields(
        request,
        (resource, number) ->
            fields(
                resource,
                (scope, inResource) -> {
                  if (inResource == 2) {
                    fields(
                        scope,
                        (span, inScope) -> {
                          if (inScope == 2) {
                            spans.add(span(span));
                          }
                        });
                  }
                }));
  }

  private static Span span(byte[] message) {
    Map<Integer, byte[]> parts = new TreeMap<>();
    Map<String, String> attributes = new TreeMap<>();
    fields(
        message,
        (value, number) -> {
          parts.put(number, value);
          if (number == 9) {
            attribute(value, attributes);
          }
        });
    return new Span(
        hex(parts.get(1)),
        hex(parts.get(2)),
        hex(parts.getOrDefault(4, new byte[0])),
        new String(parts.get(5), StandardCharsets.UTF_8),
        attributes);
  }

  private static void attribute(byte[] message, Map<String, String> into) {
    Map<Integer, byte[]> parts = new TreeMap<>();
    fields(message, (value, number) -> parts.put(number, value));
    fields(
        parts.getOrDefault(2, new byte[0]),
        (value, number) -> {
          if (number == 1) {
            into.put(
                new String(parts.get(1), StandardCharsets.UTF_8),
                new String(value, StandardCharsets.UTF_8));
          }
        });
  }

  /** Calls for each field that has a length; the others are passed over. */
  private static void fields(byte[] message, ObjIntConsumer<byte[]> each) {
    ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long tag = varint(in);
      switch ((int) (tag & 7)) {
        case 0 -> varint(in);
        case 1 -> in.getLong();
        case 2 -> {
          byte[] value = new byte[(int) varint(in)];
          in.get(value);
          each.accept(value, (int) (tag >>> 3));
        }
        case 5 -> in.getInt();
        default -> throw new UncheckedIOException(new IOException("no protobuf"));
      }
    }
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
