package io.bailiwick.command;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Nullable;
import io.bailiwick.replay.FixtureText;
import io.bailiwick.replay.Fixtures;
import io.bailiwick.replay.mutation.ConditionCoverage;
import io.bailiwick.replay.mutation.Mutation;
import io.bailiwick.replay.mutation.MutationJson;
import io.bailiwick.replay.mutation.MutationScore;
import io.bailiwick.replay.mutation.MutationText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import picocli.CommandLine;

/** Says how well the fixtures test the rules, and writes those that are missing. */
final class MutantRun {

  private final CommandLine commandLine;
  private final boolean json;

  MutantRun(CommandLine commandLine, boolean json) {
    this.commandLine = commandLine;
    this.json = json;
  }

  /** {@code suggest} is the file for what is missing; null for none. */
  void run(Fixtures fixtures, Rulebook rulebook, @Nullable Path suggest) {
    MutationScore score = Mutation.score(fixtures, rulebook);
    ConditionCoverage coverage = ConditionCoverage.of(fixtures, rulebook.probes().orElseThrow());
    var out = commandLine.getOut();
    if (json) {
      out.println(MutationJson.of(score, coverage));
    } else {
      out.print(MutationText.of(coverage));
      out.print(MutationText.of(score));
    }
    if (suggest != null && !score.suggested().isEmpty()) {
      write(suggest, FixtureText.write(score.suggested().get(0).at(), score.suggested()));
      commandLine
          .getErr()
          .printf("%d fixtures written to %s; look at them%n", score.suggested().size(), suggest);
    }
    out.flush();
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ", which must be a new file", e);
    }
  }
}
