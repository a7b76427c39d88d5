package io.bailiwick.service;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An output as a page shows it: "…" stands for what is left out, white space for white space. */
final class Elided {

  private Elided() {}

  static boolean matches(String shown, String actual) {
    String pattern =
        Arrays.stream(oneLine(shown).split("…", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*?"));
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(oneLine(actual)).matches();
  }

  /** Line breaks in a shown JSON are the page's, not the answer's. */
  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\n\\s*", "");
  }
}
