package io.bailiwick.command;

import io.bailiwick.drools.Compilation;
import io.bailiwick.drools.JudgeSettings;
import io.bailiwick.drools.RulebookCompiler;
import io.bailiwick.lead.RuleFiles;
import java.io.PrintWriter;

/** Compiles rules for a command while a line on the terminal says that it goes on. */
final class CompiledRules {

  private CompiledRules() {}

  /** {@code err} is where the line is drawn, if that is a terminal. */
  static Compilation of(RuleFiles files, JudgeSettings settings, PrintWriter err) {
    return Progress.onTerminal(err)
        .during("compiling the rules", () -> RulebookCompiler.compile(files, settings));
  }
}
