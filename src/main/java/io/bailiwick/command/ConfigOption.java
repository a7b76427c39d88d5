package io.bailiwick.command;

import io.bailiwick.Config;
import io.bailiwick.ConfigReader;
import io.bailiwick.lead.Nullable;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option that every command takes which reads the configuration. */
final class ConfigOption {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "YAML file with the configuration. Each key also comes from the environment:"
              + " http.port is BAILIWICK_HTTP_PORT.")
  private @Nullable Path file;

  /** Reads file and environment, over these defaults. */
  Config read(Map<String, String> defaults) {
    return ConfigReader.read(file, System.getenv(), defaults);
  }
}
