package io.bailiwick.http;

import io.bailiwick.http.HttpSettings.Tls;
import io.bailiwick.lead.Nullable;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of the door, from PEM files that are looked at again and again: a renewed one
 * serves new connections without a restart, and a broken one leaves the last good one in place.
 */
final class Certificates {

  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

  private static final Duration LOOK = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final @Nullable Tls tls;
  private List<FileTime> seen = List.of();
  private long timer = -1;

  Certificates(Vertx vertx, @Nullable Tls tls) {
    this.vertx = vertx;
    this.tls = tls;
  }

  /** The same options, with TLS where files are configured. */
  HttpServerOptions in(HttpServerOptions options) {
    if (tls == null) {
      return options;
    }
    seen = changed(tls);
    return options
        .setSsl(true)
        .setUseAlpn(true)
        .setKeyCertOptions(pem(tls))
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
  }

  /** From now on a change of the files reaches this server. */
  void watch(HttpServer server) {
    if (tls != null) {
      Tls files = tls;
      timer = vertx.setPeriodic(LOOK.toMillis(), tick -> look(server, files));
    }
  }

  void close() {
    vertx.cancelTimer(timer);
  }

  private void look(HttpServer server, Tls files) {
    vertx
        .executeBlocking(() -> changed(files), false)
        .onSuccess(
            now -> {
              if (!now.equals(seen)) {
                seen = now;
                renew(server, files);
              }
            });
  }

  /** Forced: the options name the same files as before, and would be taken for unchanged. */
  private static void renew(HttpServer server, Tls files) {
    var options = new ServerSSLOptions().setKeyCertOptions(pem(files)).setUseAlpn(true);
    server
        .updateSSLOptions(options, true)
        .onSuccess(done -> LOG.info("the certificate {} is read again", files.certificate()))
        .onFailure(
            e ->
                LOG.error(
                    "the certificate {} cannot be used, the one before it stays: {}",
                    files.certificate(),
                    e.getMessage()));
  }

  private static List<FileTime> changed(Tls files) {
    try {
      return List.of(
          Files.getLastModifiedTime(files.certificate()), Files.getLastModifiedTime(files.key()));
    } catch (IOException e) {
      // Between two renames a file may be away; it is looked for again.
      return List.of();
    }
  }

  private static PemKeyCertOptions pem(Tls files) {
    return new PemKeyCertOptions()
        .addCertPath(files.certificate().toString())
        .addKeyPath(files.key().toString());
  }
}
