package io.bailiwick.watch.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpansTest {

  @ParameterizedTest
  @CsvSource({
    "http://localhost:4318, none",
    "http://127.0.0.1:4318/v1/traces, none",
    "http://[::1]:4318, none",
    "http://collector:4318, gzip",
    "https://otlp.example.com, gzip",
    "http://127.0.0.1.example.com, gzip"
  })
  void spansArePackedUnlessTheCollectorIsOnThisMachine(URI endpoint, String compression) {
    assertEquals(compression, Spans.compression(endpoint));
  }
}
