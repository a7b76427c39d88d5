package io.bailiwick.command;

import io.bailiwick.lead.Nullable;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Asks a person at a terminal, who sees no secret as it is typed; where there is no terminal,
 * standard input gives an answer a line, and nothing is asked.
 */
final class Questions {

  /** Standard input ended before it was answered; the message says what was wanted. */
  static final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAnswer(String what) {
      super(what + " is missing: standard input ended before a line for it");
    }
  }

  private final @Nullable Console console = terminal();
  private @Nullable BufferedReader lines;

  /** The answer without the white space around it. */
  String ask(String what) throws IOException {
    return answer(what, console == null ? line() : console.readLine("%s: ", what));
  }

  /** The same, and it is not shown. */
  String askSecret(String what) throws IOException {
    if (console == null) {
      return answer(what, line());
    }
    char[] typed = console.readPassword("%s (not shown): ", what);
    return answer(what, typed == null ? null : new String(typed));
  }

  private @Nullable String line() throws IOException {
    if (lines == null) {
      lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }
    return lines.readLine();
  }

  private static String answer(String what, @Nullable String given) {
    if (given == null || given.isBlank()) {
      throw new NoAnswer(what);
    }
    return given.strip();
  }

  /** From Java 22 on there is a console also where there is no terminal; it says which. */
  @SuppressWarnings("SystemConsoleNull") // Before Java 22 there may be none.
  private static @Nullable Console terminal() {
    Console console = System.console();
    if (console == null) {
      return null;
    }
    try {
      Object terminal = Console.class.getMethod("isTerminal").invoke(console);
      return Boolean.TRUE.equals(terminal) ? console : null;
    } catch (NoSuchMethodException beforeJava22) {
      return console;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the console does not say whether it is a terminal", e);
    }
  }
}
