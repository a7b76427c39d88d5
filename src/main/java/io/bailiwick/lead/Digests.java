package io.bailiwick.lead;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names content by its SHA-256, in 64 lower-case hexadecimal digits. */
public final class Digests {

  /** Every decision takes a digest, and looking an algorithm up takes a third of that time. */
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(Digests::digest);

  private Digests() {}

  /** The digest of these bytes. */
  public static String sha256(byte[] content) {
    return sha256(content, content.length);
  }

  /** The digest of so many bytes from the beginning. */
  public static String sha256(byte[] content, int length) {
    MessageDigest digest = SHA_256.get();
    digest.update(content, 0, length);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A digest of content that comes in parts, so that they need not stand in memory as one. */
  static final class Running {

    private final MessageDigest digest = Digests.digest();

    Running add(byte[] part) {
      digest.update(part);
      return this;
    }

    Running add(String part) {
      return add(part.getBytes(StandardCharsets.UTF_8));
    }

    String hex() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
