package io.bailiwick.drools.text;

import java.util.Collection;
import java.util.Locale;

/** Guesses what a misspelled word was meant to be. */
public final class Nearest {

  private Nearest() {}

  /** {@code ; did you mean "word"?}, or the empty text where nothing is near. */
  public static String hint(String wrong, Collection<String> words) {
    String best = "";
    // A third of the letters may be wrong; more than that is another word.
    int bound = Math.max(1, wrong.length() / 3) + 1;
    for (String word : words) {
      int distance = distance(wrong.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
      if (distance < bound) {
        bound = distance;
        best = word;
      }
    }
    return best.isEmpty() ? "" : "; did you mean \"" + best + "\"?";
  }

  /** How many letters to change, add, leave out or swap with their neighbour. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
