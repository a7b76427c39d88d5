package io.bailiwick.lead;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Brings one value to its one spelling. Pure, and the same on every JDK: the names of countries,
 * languages and regions come from {@code names/*.properties} beside this class, not from the JDK's
 * locale data, which changes between releases.
 */
final class Spelling {

  /** The modules of the CRM that take a territory. */
  static final List<String> MODULES = List.of("Leads", "Accounts", "Contacts", "Deals");

  private static final Pattern WHITE = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");
  private static final Pattern MARK = Pattern.compile("\\p{M}");
  private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}]");
  private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern NUMBER =
      Pattern.compile("\\+?(\\d{1,3}(?:([,.' ])\\d{3})(?:\\2\\d{3})*|\\d+)(?:[.,]\\d{0,2})?");

  private static final Map<String, String> COUNTRIES = names("countries");
  private static final Map<String, String> LANGUAGES = names("languages");
  private static final Map<String, String> REGIONS = names("regions");
  private static final Set<String> COUNTRY_CODES = Set.of(Locale.getISOCountries());
  private static final Set<String> LANGUAGE_CODES = Set.of(Locale.getISOLanguages());

  private Spelling() {}

  /** NFC, no control characters, trimmed, inner white space single. */
  static String clean(String text) {
    if (isPlain(text)) {
      return text;
    }
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    return WHITE.matcher(composed).replaceAll(" ").strip();
  }

  /** Visible ASCII with single spaces inside, as nearly every value is: nothing is to be done. */
  private static boolean isPlain(String text) {
    char before = ' ';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || (c == ' ' && before == ' ')) {
        return false;
      }
      before = c;
    }
    return before != ' ';
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** The module in the CRM's own case, or null where it is none of ours. */
  static @Nullable String module(String text) {
    return MODULES.stream().filter(text::equalsIgnoreCase).findFirst().orElse(null);
  }

  /** What follows the last @ in lower case, or null where the address has none. */
  static @Nullable String domain(String email) {
    int at = email.lastIndexOf('@');
    boolean address = at > 0 && at < email.length() - 1 && email.indexOf(' ') < 0;
    return address ? lower(email.substring(at + 1)) : null;
  }

  /** The ISO 3166-1 alpha-2 code of a code or an English or local name, or null. */
  static @Nullable String country(String text) {
    String code = upper(text);
    return COUNTRY_CODES.contains(code) ? code : COUNTRIES.get(key(text));
  }

  /** Every code that {@link #country} can answer. */
  static List<String> countries() {
    return sorted(COUNTRY_CODES, COUNTRIES);
  }

  /** Every code that {@link #language} can answer. */
  static List<String> languages() {
    return sorted(LANGUAGE_CODES, LANGUAGES);
  }

  /** The ISO 639-1 code of a code, a tag or an English or local name, or null. */
  static @Nullable String language(String text) {
    String tag = lower(text.replace('_', '-'));
    String primary = tag.contains("-") ? tag.substring(0, tag.indexOf('-')) : tag;
    return LANGUAGE_CODES.contains(primary) ? primary : LANGUAGES.get(key(text));
  }

  /** A short code in upper case, a known name as its code, anything else as it is. */
  static String region(String text) {
    String known = REGIONS.get(key(text));
    if (known != null) {
      return known;
    }
    return text.length() <= 3 ? upper(text) : text;
  }

  /**
   * The whole number in "1,200", "1.200", "1 200" or "1200.00"; decimals are cut. Null where it is
   * no number, or larger than {@link LeadField#MAX_NUMBER}.
   */
  static @Nullable Long number(String text) {
    var match = NUMBER.matcher(text);
    if (!match.matches()) {
      return null;
    }
    String digits = NO_DIGIT.matcher(match.group(1)).replaceAll("");
    if (digits.length() > 16) {
      return null;
    }
    long value = Long.parseLong(digits);
    return value <= LeadField.MAX_NUMBER ? value : null;
  }

  private static List<String> sorted(Set<String> codes, Map<String, String> names) {
    Set<String> all = new TreeSet<>(codes);
    all.addAll(names.values());
    return List.copyOf(all);
  }

  /** Its letters in lower case, without marks. */
  private static String key(String text) {
    var letters = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > '~') {
        return composedKey(text);
      }
      if (Character.isLetter(c)) {
        letters.append(Character.toLowerCase(c));
      }
    }
    return letters.toString();
  }

  private static String composedKey(String text) {
    String plain = MARK.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    return NO_LETTER.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  private static Map<String, String> names(String kind) {
    String path = "names/" + kind + ".properties";
    try (InputStream in = Spelling.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + path);
      }
      var properties = new Properties();
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      Map<String, String> names = new HashMap<>();
      properties.forEach(
          (code, spellings) -> {
            for (String name : spellings.toString().split("\\|")) {
              names.put(key(name), code.toString());
            }
          });
      return Map.copyOf(names);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
