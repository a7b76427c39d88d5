package io.bailiwick.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys revoke}: ends a key at once. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = "Ends a key at once: the next request that shows it is refused.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it opens nothing any more",
      "1:there is no such key",
      "64:wrong command line"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  bailiwick keys revoke 3f9a0c51d2e7"})
public final class KeysRevokeCommand implements Callable<Integer> {

  @Mixin private KeyRing ring;

  @Parameters(paramLabel = "ID", description = "The id that keys list says.")
  private String id;

  @Option(names = "--json", description = "Answers in JSON, as DELETE /v1/keys/ID does.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    JsonNode ended = ring.revoke(id);
    spec.commandLine()
        .getOut()
        .println(
            json
                ? Json.write(ended)
                : "Key %s of %s ended at %s."
                    .formatted(id, ended.path("name").asText(), ended.path("ends_at").asText()));
    return 0;
  }
}
