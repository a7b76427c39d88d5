package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The fields of a form post. Strict: a broken escape or text that is no UTF-8 is refused. */
final class FormFields {

  private FormFields() {}

  /** The fields as an object of texts; throws {@link Refusal}. */
  static ObjectNode read(String text) {
    if (text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[")) {
      throw new Refusal(
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          "The body looks like JSON but the Content-Type says it is a form; send"
              + " Content-Type: application/json.");
    }
    ObjectNode fields = Json.mapper().createObjectNode();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (name.isEmpty()) {
        continue;
      }
      if (fields.has(name)) {
        throw malformed("A field of the form is sent twice; send each once.");
      }
      fields.put(name, value);
    }
    return fields;
  }

  /** Not URLDecoder: it puts a question mark where the bytes are no UTF-8. */
  private static String decoded(String text) {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    var bytes = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%') {
        bytes.write(16 * digit(raw, i + 1) + digit(raw, i + 2));
        i += 2;
      } else {
        bytes.write(raw[i] == '+' ? ' ' : raw[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed("The form is not valid UTF-8.");
    }
  }

  private static int digit(byte[] raw, int at) {
    int digit = at < raw.length ? Character.digit(raw[at], 16) : -1;
    if (digit < 0) {
      throw malformed("The form holds a broken %-escape.");
    }
    return digit;
  }

  private static Refusal malformed(String detail) {
    return new Refusal(ProblemType.MALFORMED_BODY, detail);
  }
}
