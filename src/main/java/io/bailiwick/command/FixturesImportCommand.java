package io.bailiwick.command;

import io.bailiwick.replay.FixtureFolder;
import io.bailiwick.replay.FixtureImport;
import io.bailiwick.replay.FixtureImport.Written;
import io.bailiwick.replay.FixtureTable;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fixtures import}: a table's rows back into the files they belong to. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Reads a table of fixtures and writes each row into the file that its column \"file\" names;"
          + " rows that name none go to a file named as the table. A file whose fixtures are the"
          + " same is not touched; one that is there and would change is written only with"
          + " --replace, all of them or none."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written, or nothing to write",
      "3:files that are there would change, so nothing was written; --replace writes them",
      "1:could not (a row that is no fixture, named with its line)",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick fixtures import fixtures.csv",
      "  bailiwick fixtures import --replace fixtures.csv"
    })
public final class FixturesImportCommand implements Callable<Integer> {

  private static final int WOULD_CHANGE = 3;

  @Mixin private ConfigOption config;

  @Option(names = "--replace", description = "Writes over the files that change.")
  private boolean replace;

  @Parameters(paramLabel = "FILE", description = "The table, CSV in UTF-8.")
  private Path file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path folder = config.read(Map.of()).fixtures();
    String name = String.valueOf(file.getFileName());
    String standard = "leads/" + name.replaceFirst("\\.[^.]*$", "") + ".json";
    List<Written> written =
        FixtureImport.of(
            FixtureTable.read(file.toString(), text()), standard, FixtureFolder.read(folder));
    boolean all =
        replace || written.stream().noneMatch(one -> Files.exists(folder.resolve(one.file())));
    var out = spec.commandLine().getOut();
    for (Written one : written) {
      boolean there = Files.exists(folder.resolve(one.file()));
      String what = there ? (all ? "written over" : "would change") : "new";
      out.printf("%s, %s: %s%n", one.file(), what, one.said());
    }
    if (!all) {
      spec.commandLine().getErr().println("Nothing is written; --replace writes over these files.");
      return WOULD_CHANGE;
    }
    for (Written one : written) {
      WholeFile.write(folder.resolve(one.file()), one.text());
    }
    out.printf("%d files written%n", written.size());
    return 0;
  }

  private String text() throws IOException {
    if (Files.size(file) > FixtureFolder.MAX_BYTES) {
      throw new IllegalArgumentException(
          file + " is larger than " + FixtureFolder.MAX_BYTES + " bytes");
    }
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new IllegalArgumentException(file + " is no UTF-8; save it as \"CSV UTF-8\"", e);
    }
  }
}
