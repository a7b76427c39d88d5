package io.bailiwick.bench.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.bailiwick.bench.crm.Written;
import io.bailiwick.bench.process.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.locks.LockSupport;

/** The CRM stub's process, and what it was told. */
public final class Crm implements AutoCloseable {

  private static final long LOOK_NANOS = 20_000_000;
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();
  private final Child child;
  private final String url;

  Crm(Child child) {
    this.child = child;
    this.url = child.url();
  }

  public String url() {
    return url;
  }

  Child child() {
    return child;
  }

  /** What was written so far. */
  public Written written() {
    try {
      var request = HttpRequest.newBuilder(URI.create(url + "/bench/written")).build();
      return mapper.readValue(client.send(request, BodyHandlers.ofString()).body(), Written.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until just so many records have a territory; fails where none came for two minutes. */
  public Written until(long records) {
    Written now = beyond(records);
    if (now.records() > records) {
      throw new IllegalStateException(
          "%,d leads were accepted and %,d assigned".formatted(records, now.records()));
    }
    return now;
  }

  /** The same of so many at least. */
  public Written beyond(long records) {
    Written now = written();
    long last = System.nanoTime();
    while (now.records() < records) {
      LockSupport.parkNanos(LOOK_NANOS);
      Written next = written();
      if (next.records() > now.records()) {
        last = System.nanoTime();
      } else if (System.nanoTime() - last > PATIENCE_NANOS) {
        throw new IllegalStateException(
            "of %,d accepted leads %,d were assigned, and no more in two minutes"
                .formatted(records, now.records()));
      }
      now = next;
    }
    return now;
  }

  @Override
  public void close() {
    child.close();
  }
}
