package io.bailiwick.replay;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Invented values in place of personal ones. The same value gives the same invented one under the
 * same key (HMAC-SHA-256), so that what belonged together still does; without the key nobody can
 * try out which value it was. No invented address, number or site exists: domains end in {@code
 * .example}, telephone numbers begin with +999.
 */
public final class Pseudonyms {

  private static final int KEY_BYTES = 32;

  private static final List<String> FIRST =
      List.of(
          "Ada", "Bela", "Cleo", "Dara", "Elia", "Finn", "Gwen", "Hana", "Ilja", "Juno", "Kaya",
          "Lior", "Mika", "Nils", "Otis", "Pia", "Quin", "Remy", "Sol", "Tove", "Ulla", "Vera",
          "Wim", "Yara", "Zoe", "Arlo", "Bo", "Cato", "Dov", "Enzo", "Faye", "Gil");

  private static final List<String> LAST =
      List.of(
          "Alder", "Birch", "Cedar", "Dale", "Elm", "Fern", "Grove", "Heath", "Isle", "Juniper",
          "Knoll", "Lake", "Moor", "North", "Oak", "Pine", "Quarry", "Ridge", "Stone", "Thorn",
          "Upland", "Vale", "Wood", "Yew", "Ash", "Brook", "Cliff", "Dune", "Field", "Glen", "Hill",
          "Marsh");

  private final SecretKeySpec key;

  /** With this key; equal keys give equal values. */
  public Pseudonyms(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /** With a key that nobody knows, and that no later run has. */
  public static Pseudonyms ofARandomKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return new Pseudonyms(key);
  }

  String firstName(String real) {
    return one(FIRST, "first name", real);
  }

  String lastName(String real) {
    return one(LAST, "last name", real);
  }

  String company(String real) {
    byte[] hash = hash("company", real);
    return LAST.get((hash[0] & 0xFF) % LAST.size()) + " " + hex(hash, 3).toUpperCase(Locale.ROOT);
  }

  /** The name before the @ of an address. */
  String mailbox(String real) {
    return "person-" + hex(hash("mailbox", real), 4);
  }

  String domain(String real) {
    return "company-" + hex(hash("domain", real), 4) + ".example";
  }

  /** A site under the domain that {@link #domain} invents for the site's own. */
  String website(String real) {
    String host = real.replaceFirst("(?i)^[a-z]+://", "").replaceFirst("[/?#:].*", "");
    return "https://www." + domain(host.toLowerCase(Locale.ROOT).replaceFirst("^www\\.", ""));
  }

  String phone(String real) {
    return "+999 " + digits(hash("phone", real), 9);
  }

  /** A number of as many digits as a record's id mostly has. */
  String crmId(String real) {
    return "9" + digits(hash("crmId", real), 18);
  }

  private String one(List<String> names, String kind, String real) {
    return names.get((hash(kind, real)[0] & 0xFF) % names.size());
  }

  private static String hex(byte[] hash, int bytes) {
    return HexFormat.of().formatHex(hash, 1, 1 + bytes);
  }

  private static String digits(byte[] hash, int count) {
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append((hash[i] & 0xFF) % 10);
    }
    return text.toString();
  }

  private byte[] hash(String kind, String real) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(kind.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(real.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }
}
