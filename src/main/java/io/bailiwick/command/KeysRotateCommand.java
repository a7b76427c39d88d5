package io.bailiwick.command;

import io.bailiwick.Config;
import io.bailiwick.lead.Nullable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys rotate}: a new key in the place of one that still opens for a while. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a key of the same holder, role and source. The old one still opens for a while, so"
          + " that nothing is refused while it is exchanged."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:made", "1:there is no such key", "64:wrong command line"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick keys rotate 3f9a0c51d2e7",
      "  bailiwick keys rotate 3f9a0c51d2e7 --grace 0s"
    })
public final class KeysRotateCommand implements Callable<Integer> {

  @Mixin private KeyRing ring;

  @Parameters(paramLabel = "ID", description = "The id that keys list says.")
  private String id;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      defaultValue = "24h",
      description = "How long the old one still opens (${DEFAULT-VALUE}).")
  private String grace;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description = "File with the source's new signing secret; else one is made.")
  private @Nullable Path secretFile;

  @Option(names = "--json", description = "Answers in JSON, as POST /v1/keys/ID/rotate does.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Duration time = Config.duration(grace);
    if (time == null) {
      throw new ParameterException(spec.commandLine(), "--grace must be a time such as 30m or 24h");
    }
    String secret = secretFile == null ? null : Files.readString(secretFile).strip();
    KeysText.made(ring.rotate(id, time, secret), json, spec.commandLine());
    return 0;
  }
}
