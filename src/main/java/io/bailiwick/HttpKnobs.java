package io.bailiwick;

import io.bailiwick.http.HttpSettings;
import io.bailiwick.http.access.AccessSettings;
import io.bailiwick.http.access.Proxies;
import io.bailiwick.lead.Nullable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The knobs of the left door: where, how much, who may come in; and what goes not together. */
final class HttpKnobs {

  static final Knob HTTP_HOST =
      Knob.text("http.host", "127.0.0.1", "Address the service listens on.");
  static final Knob HTTP_PORT =
      Knob.number("http.port", 8080, 0, 65_535, "Port it listens on; 0 takes a free one.");
  static final Knob HTTP_BODY_MAX =
      Knob.number("http.body-max", 1 << 20, 1_024, 64 << 20, "Largest body, in bytes.");
  static final Knob HTTP_LEADS_MAX =
      Knob.number("http.leads-max", 1_000, 1, 100_000, "Most leads in one request.");
  static final Knob HTTP_WAIT_MAX =
      Knob.duration("http.wait-max", "60s", "1s", "10m", "Longest Prefer: wait.");
  static final Knob HTTP_IDLE =
      Knob.duration(
          "http.idle",
          "60s",
          "1s",
          "1h",
          "How long a connection may say nothing, and a body may take.");
  static final Knob ACCESS =
      Knob.choice(
          "http.access",
          "open",
          List.of("open", "keys"),
          "Whether a key or signature is asked for; open is for this machine alone.");
  static final Knob TLS_CERTIFICATE =
      Knob.text(
          "http.tls-certificate", null, "PEM file of the certificate chain; read again if new.");
  static final Knob TLS_KEY = Knob.text("http.tls-key", null, "PEM file of its private key.");
  static final Knob TRUSTED_PROXY =
      new Knob(
          "http.trusted-proxy",
          null,
          HttpKnobs::proxies,
          "ADDRESS or NETWORK/BITS …",
          "Who ends TLS for us and alone may come from outside; several are parted by blanks.");
  static final Knob FOUR_EYES =
      Knob.choice(
          "rules.four-eyes",
          "false",
          List.of("true", "false"),
          "Whether whoever brought a candidate may not publish it; needs http.access keys.");

  /** All of them, in the order of the manual. */
  static final List<Knob> ALL =
      List.of(
          HTTP_HOST,
          HTTP_PORT,
          HTTP_BODY_MAX,
          HTTP_LEADS_MAX,
          HTTP_WAIT_MAX,
          HTTP_IDLE,
          ACCESS,
          TLS_CERTIFICATE,
          TLS_KEY,
          TRUSTED_PROXY,
          FOUR_EYES);

  private HttpKnobs() {}

  static HttpSettings http(Config config) {
    String certificate = config.optional(TLS_CERTIFICATE);
    return new HttpSettings(
        config.text(HTTP_HOST),
        (int) config.number(HTTP_PORT),
        (int) config.number(HTTP_BODY_MAX),
        (int) config.number(HTTP_LEADS_MAX),
        config.duration(HTTP_WAIT_MAX),
        config.duration(HTTP_IDLE),
        certificate == null
            ? null
            : new HttpSettings.Tls(Path.of(certificate), Path.of(config.text(TLS_KEY))),
        config.flag(Config.INTAKE_STRICT),
        CreateKnobs.records(config));
  }

  static AccessSettings access(Config config) {
    boolean keys = config.text(ACCESS).equals("keys");
    return new AccessSettings(keys, words(config.optional(TRUSTED_PROXY)));
  }

  /** What does not go together, one line each. */
  static List<String> mistakes(Map<Knob, String> values) {
    List<String> mistakes = new ArrayList<>();
    boolean keys = "keys".equals(values.get(ACCESS));
    boolean tls = values.containsKey(TLS_CERTIFICATE) && values.containsKey(TLS_KEY);
    if (values.containsKey(TLS_CERTIFICATE) != values.containsKey(TLS_KEY)) {
      mistakes.add("http.tls-certificate and http.tls-key need each other");
    }
    for (Knob file : List.of(TLS_CERTIFICATE, TLS_KEY)) {
      String path = values.get(file);
      if (path != null && !Files.isReadable(Path.of(path))) {
        mistakes.add("%s: there is no file %s to read".formatted(file.name(), path));
      }
    }
    String host = values.getOrDefault(HTTP_HOST, "127.0.0.1");
    if (!loopback(host)) {
      if (!keys) {
        mistakes.add(
            ("http.host %s can be reached from other machines, and http.access is open: anybody"
                    + " could post and read leads. Set http.access to keys, and make the first key:"
                    + " bailiwick keys add NAME --role operator")
                .formatted(host));
      }
      if (!tls && !values.containsKey(TRUSTED_PROXY)) {
        mistakes.add(
            ("http.host %s can be reached from other machines, and keys would travel in clear: give"
                    + " http.tls-certificate and http.tls-key, or name the proxy that ends TLS in"
                    + " http.trusted-proxy")
                .formatted(host));
      }
    }
    if ("true".equals(values.get(FOUR_EYES))) {
      if (!keys) {
        mistakes.add("rules.four-eyes needs http.access keys: without, nobody is known");
      }
      if (!"on-approval".equals(values.get(Config.RULES_PUBLISH))) {
        mistakes.add("rules.four-eyes needs rules.publish on-approval");
      }
    }
    return mistakes;
  }

  /** The words of a value that is several, parted by blanks. */
  static List<String> words(@Nullable String value) {
    return value == null ? List.of() : List.of(value.strip().split("\\s+"));
  }

  private static @Nullable String proxies(String value) {
    try {
      new Proxies(words(value));
      return null;
    } catch (IllegalArgumentException e) {
      return "must be addresses or networks such as 10.0.0.7 or 10.0.0.0/8";
    }
  }

  private static boolean loopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
