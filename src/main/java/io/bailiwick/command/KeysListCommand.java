package io.bailiwick.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keys list}: who may come in, and until when. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "All keys with what they open, until when, and when they were last used.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:listed", "1:the journal cannot be read", "64:wrong command line"},
    footerHeading = "%nExamples:%n",
    footer = {"  bailiwick keys list", "  bailiwick keys list --config bailiwick.yaml --json"})
public final class KeysListCommand implements Callable<Integer> {

  @Mixin private KeyRing ring;

  @Option(names = "--json", description = "Answers in JSON, as GET /v1/keys does.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    JsonNode keys = ring.list();
    if (json) {
      spec.commandLine().getOut().println(Json.write(keys));
    } else {
      KeysText.list(keys, spec.commandLine().getOut());
    }
    return 0;
  }
}
