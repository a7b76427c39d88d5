package io.bailiwick.http;

import io.bailiwick.lead.NewRecords;
import io.bailiwick.lead.Nullable;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The left door's knobs.
 *
 * @param port 0 for any free one
 * @param bodyMax the largest body, in bytes
 * @param leadsMax the most leads in one request
 * @param waitMax the longest {@code Prefer: wait}
 * @param idle how long a connection may say nothing
 * @param tls by what connections are encrypted; null for not at all
 * @param strict whether an unknown field of a lead is an error, not a warning
 * @param records what a lead must say whose record is yet to be made; null where none is
 */
public record HttpSettings(
    String host,
    int port,
    int bodyMax,
    int leadsMax,
    Duration waitMax,
    Duration idle,
    @Nullable Tls tls,
    boolean strict,
    @Nullable NewRecords records) {

  /** The files, in PEM, of a certificate chain and its private key; read again when they change. */
  public record Tls(Path certificate, Path key) {}

  /** Loopback, port 8080, 1 MiB, 1,000 leads. */
  public static final HttpSettings DEFAULT =
      new HttpSettings(
          "127.0.0.1",
          8080,
          1 << 20,
          1_000,
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          null,
          false,
          null);
}
