package io.bailiwick.json;

import io.bailiwick.lead.Digests;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A lead's JSON as {@link Json} writes it, in UTF-8, for leads none of whose texts needs an escape.
 * Every decision takes a digest of it, and this is several times quicker.
 */
final class QuickLead {

  private static final LeadField[] FIELDS = LeadField.values();
  private static final byte[][] NAMES =
      Arrays.stream(FIELDS).map(field -> name(field.wireName())).toArray(byte[][]::new);
  private static final byte[] DOMAIN = name("emailDomain");
  private static final byte[] ATTRIBUTES = name("attributes");

  /** The most bytes of one character of a text. */
  private static final int WIDEST = 3;

  /** One a thread: a decision needs no new memory for it. */
  private static final ThreadLocal<QuickLead> KEPT = ThreadLocal.withInitial(QuickLead::new);

  /** What a longer lead made of the memory is not kept. */
  private static final int USUAL = 4_096;

  private byte[] json = new byte[512];
  private int length;
  private boolean plain = true;

  private QuickLead() {}

  /** The JSON; null where a text needs an escape. */
  static byte @Nullable [] write(Lead lead) {
    var quick = new QuickLead();
    quick.lead(lead);
    return quick.plain ? Arrays.copyOf(quick.json, quick.length) : null;
  }

  /** The SHA-256 of the JSON; null where a text needs an escape. */
  static @Nullable String digest(Lead lead) {
    QuickLead quick = KEPT.get();
    quick.length = 0;
    quick.plain = true;
    quick.lead(lead);
    String digest = quick.plain ? Digests.sha256(quick.json, quick.length) : null;
    if (quick.json.length > USUAL) {
      quick.json = new byte[512];
    }
    return digest;
  }

  private void lead(Lead lead) {
    for (int i = 0; i < FIELDS.length; i++) {
      member(NAMES[i], lead.value(FIELDS[i]));
      if (FIELDS[i] == LeadField.EMAIL) {
        member(DOMAIN, lead.emailDomain());
      }
    }
    attributes(lead.attributes());
  }

  private static byte[] name(String name) {
    return (",\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
  }

  private void member(byte[] name, @Nullable Object value) {
    if (value instanceof String text) {
      bytes(name);
      text(text);
    } else if (value != null) {
      bytes(name);
      bytes(value.toString().getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** The last member. Each brought a comma, and the first one's place is that of the bracket. */
  private void attributes(Map<String, String> attributes) {
    bytes(ATTRIBUTES);
    json[0] = '{';
    int open = length;
    room(1);
    length += attributes.isEmpty() ? 1 : 0;
    attributes.forEach(
        (name, value) -> {
          room(1);
          json[length++] = ',';
          text(name);
          room(1);
          json[length++] = ':';
          text(value);
        });
    json[open] = '{';
    room(2);
    json[length++] = '}';
    json[length++] = '}';
  }

  private void text(String text) {
    int count = text.length();
    room(count * WIDEST + 2);
    byte[] to = json;
    int at = length;
    to[at++] = '"';
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        plain = false;
      } else if (c < 0x80) {
        to[at++] = (byte) c;
      } else if (c < 0x800) {
        to[at++] = (byte) (0xC0 | c >> 6);
        to[at++] = (byte) (0x80 | (c & 0x3F));
      } else {
        to[at++] = (byte) (0xE0 | c >> 12);
        to[at++] = (byte) (0x80 | (c >> 6 & 0x3F));
        to[at++] = (byte) (0x80 | (c & 0x3F));
      }
    }
    to[at++] = '"';
    length = at;
  }

  private void bytes(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, json, length, bytes.length);
    length += bytes.length;
  }

  private void room(int bytes) {
    if (length + bytes > json.length) {
      json = Arrays.copyOf(json, Math.max(length + bytes, 2 * json.length));
    }
  }
}
