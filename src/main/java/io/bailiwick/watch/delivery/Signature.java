package io.bailiwick.watch.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages as Standard Webhooks says: HMAC-SHA256 over id, timestamp and body. With several
 * secrets each signs, so that one can take another's place without a message lost.
 */
public final class Signature {

  /** What a secret begins with. */
  public static final String PREFIX = "whsec_";

  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;

  private final List<SecretKeySpec> keys;

  private Signature(List<SecretKeySpec> keys) {
    this.keys = keys;
  }

  /**
   * By these secrets, separated by blanks. Throws IllegalArgumentException, which says what is
   * wrong and never the secret.
   */
  public static Signature of(String secrets) {
    List<SecretKeySpec> keys = new ArrayList<>();
    for (String secret : secrets.strip().split("\\s+")) {
      keys.add(new SecretKeySpec(bytes(secret), "HmacSHA256"));
    }
    return new Signature(List.copyOf(keys));
  }

  /** The value of the header webhook-signature; {@code seconds} are those of webhook-timestamp. */
  public String sign(String id, long seconds, String body) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    return keys.stream()
        .map(key -> "v1," + Base64.getEncoder().encodeToString(mac(key, id, seconds, content)))
        .collect(Collectors.joining(" "));
  }

  /**
   * Whether any of the signatures in a header webhook-signature is by any of the secrets; how long
   * that takes tells nothing of how near a wrong one came.
   */
  public boolean verifies(String id, long seconds, byte[] body, String header) {
    boolean any = false;
    for (String one : header.strip().split(" +")) {
      if (one.startsWith("v1,")) {
        byte[] shown = one.substring("v1,".length()).getBytes(StandardCharsets.US_ASCII);
        for (SecretKeySpec key : keys) {
          byte[] right = Base64.getEncoder().encode(mac(key, id, seconds, body));
          any |= MessageDigest.isEqual(right, shown);
        }
      }
    }
    return any;
  }

  private static byte[] mac(SecretKeySpec key, String id, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static byte[] bytes(String secret) {
    String form =
        "must be whsec_ and 24 to 64 bytes in base64 (echo whsec_$(openssl rand -base64 32))";
    if (!secret.startsWith(PREFIX)) {
      throw new IllegalArgumentException(form);
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      if (bytes.length < SHORTEST || bytes.length > LONGEST) {
        throw new IllegalArgumentException(form);
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(form, e);
    }
  }
}
