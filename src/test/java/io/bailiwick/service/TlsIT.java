package io.bailiwick.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS of the door's own: from PEM files, renewed while it runs. */
class TlsIT {

  private static final char[] PASSWORD = "change-it".toCharArray();

  @TempDir Path folder;

  @Test
  void aRenewedCertificateServesWithoutARestartAndABrokenOneChangesNothing() throws Exception {
    KeyStore first = keys("first");
    KeyStore second = keys("second");
    place(first);
    try (var service =
        new RunningService(
            folder,
            Map.of(
                "http.tls-certificate", folder.resolve("chain.pem").toString(),
                "http.tls-key", folder.resolve("key.pem").toString()))) {
      assertEquals(certificate(first), served(service.port(), first));
      assertThrows(AssertionError.class, () -> plain(service.port()));
      assertEquals(200, service.command("/v1/keys").status(), "commands need no certificate");
      Files.writeString(folder.resolve("chain.pem"), "no certificate at all");
      assertEquals(certificate(first), served(service.port(), first));
      place(second);
      RunningService.await(
          "the renewed certificate serves",
          () -> certificate(second).equals(servedOrNone(service.port(), second)));
      assertTrue(servedOrNone(service.port(), first) == null, "the first one serves no more");
    }
  }

  private static void plain(int port) throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
      byte[] answer = socket.getInputStream().readNBytes(12);
      if (!new String(answer).startsWith("HTTP/1.1 200")) {
        throw new AssertionError("not answered in clear");
      }
    }
  }

  private static X509Certificate servedOrNone(int port, KeyStore trusted) {
    try {
      return served(port, trusted);
    } catch (IOException | GeneralSecurityException e) {
      return null;
    }
  }

  /** The certificate of a new connection whose client trusts these alone. */
  private static X509Certificate served(int port, KeyStore trusted)
      throws IOException, GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("anchor", certificate(trusted));
    factory.init(anchors);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    try (var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static X509Certificate certificate(KeyStore keys) {
    try {
      return (X509Certificate) keys.getCertificate("door");
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Each file is whole under its name at any moment, as those who renew certificates do it. */
  private void place(KeyStore keys) throws IOException, GeneralSecurityException {
    pem("key.pem", "PRIVATE KEY", keys.getKey("door", PASSWORD).getEncoded());
    pem("chain.pem", "CERTIFICATE", certificate(keys).getEncoded());
  }

  private void pem(String name, String what, byte[] content) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    String pem = "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, body);
    Path made = folder.resolve(name + ".new");
    Files.writeString(made, pem);
    Files.move(
        made,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Made by the JDK's own keytool: a key pair with a certificate of its own signing. */
  private KeyStore keys(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "door",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes());
    assertTrue(keytool.waitFor(60, TimeUnit.SECONDS) && keytool.exitValue() == 0, said);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }
}
