package io.bailiwick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.ConfigReader.Mistakes;
import io.bailiwick.store.JournalPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigTest {

  @TempDir Path folder;

  @Test
  void everythingButTheCrmHasADefaultThatIsWithinItsBounds() {
    Config config = read(null, Map.of());
    for (Knob knob : Config.ALL) {
      String value = config.optional(knob);
      assertTrue(value == null || knob.check().mistake(value) == null, knob.name());
    }
    assertEquals(8080, config.http().port());
    assertEquals(Duration.ofMinutes(15), config.propagation());
    assertEquals(JournalPlace.of(Path.of("data/bailiwick.db")), config.journal());
  }

  @Test
  void theEnvironmentWinsOverTheFileAndTheFileOverTheDefault() throws IOException {
    Path file = file("http:\n  port: 9000\n  host: 127.0.0.2\nterritories.refresh: 2h\n");
    Config config = read(file, Map.of("BAILIWICK_HTTP_PORT", "9001", "PATH", "/bin"));
    assertEquals(9001, config.http().port());
    assertEquals("127.0.0.2", config.http().host());
    assertEquals(Duration.ofHours(2), config.directory().refresh());
  }

  @Test
  void allMistakesAreToldAtOnceWithWhereTheyStandAndWhatMayStandThere() throws IOException {
    Path file = file("http:\n  prot: 80\n  port: 99999\ncrm:\n  verify: maybe\nretry.cap: 1ms\n");
    String told =
        assertThrows(
                Mistakes.class,
                () ->
                    read(
                        file,
                        Map.of(
                            "BAILIWICK_HTTP_IDLE", "soon",
                            "BAILIWICK_COLOUR", "red",
                            "BAILIWICK_CRM_TOKEN", "a",
                            "BAILIWICK_CRM_TOKEN_FILE", "b")))
            .getMessage();
    for (String part :
        new String[] {
          "\"http.prot\" is not known; did you mean http.port",
          "http.port is \"99999\": must be 0 to 65535",
          "crm.verify is \"maybe\": must be one of true | false",
          "retry.cap is \"1ms\": must be 10ms to 24h",
          "BAILIWICK_HTTP_IDLE is \"soon\": must be a time such as",
          "BAILIWICK_COLOUR is not known",
          "crm.token and crm.token-file are both given"
        }) {
      assertTrue(told.contains(part), () -> "lacks " + part + " in\n" + told);
    }
  }

  @Test
  void aFileThatIsNoYamlIsToldWithItsLine() throws IOException {
    Path file = file("http:\n  port: [80\n");
    String told = assertThrows(Mistakes.class, () -> read(file, Map.of())).getMessage();
    assertTrue(told.contains(file + ":"), told);
    Path none = folder.resolve("none.yaml");
    assertTrue(
        assertThrows(Mistakes.class, () -> read(none, Map.of()))
            .getMessage()
            .contains("none.yaml"));
  }

  @Test
  void aLineThatIsNoYamlIsToldByItsPlaceAndNeverByWhatStandsThere() throws IOException {
    for (String line :
        List.of("crm.token: hunter2: x", "crm.token: 'hunter2", "crm.token: @hunter2")) {
      Path file = file("http.port: 9000\n" + line + "\n");
      String told = assertThrows(Mistakes.class, () -> read(file, Map.of())).getMessage();
      assertTrue(told.contains(file + ":2:") || told.contains(file + ":3:"), told);
      assertFalse(told.contains("hunter2"), told);
    }
  }

  @Test
  void noCommandTakesASecretAsAnArgument() {
    List<String> options = new ArrayList<>();
    options(Bailiwick.commandLine(), options);
    assertTrue(options.size() > 20, "the options were found");
    assertEquals(
        List.of(),
        options.stream()
            .filter(name -> name.matches(".*(secret|token|password).*") && !name.endsWith("-file"))
            .toList());
  }

  private static void options(CommandLine line, List<String> all) {
    line.getCommandSpec().options().forEach(option -> all.addAll(List.of(option.names())));
    line.getSubcommands().values().forEach(one -> options(one, all));
  }

  @Test
  void anAddressThatOthersReachNeedsKeysAndAnEncryptedWay() {
    var open = Map.of("BAILIWICK_HTTP_HOST", "0.0.0.0");
    String told = assertThrows(Mistakes.class, () -> read(null, open)).getMessage();
    assertTrue(told.contains("http.access is open"), told);
    assertTrue(told.contains("bailiwick keys add NAME --role operator"), told);
    assertTrue(told.contains("http.trusted-proxy"), told);
    var keys = Map.of("BAILIWICK_HTTP_HOST", "0.0.0.0", "BAILIWICK_HTTP_ACCESS", "keys");
    assertThrows(Mistakes.class, () -> read(null, keys));
    var proxied = new HashMap<>(keys);
    proxied.put("BAILIWICK_HTTP_TRUSTED_PROXY", "10.0.0.0/8 fd00::7");
    assertEquals(List.of("10.0.0.0/8", "fd00::7"), read(null, proxied).access().proxies());
  }

  @Test
  void aSecondPersonNeedsPersonsToBeKnownAndSomethingToApprove() {
    var alone = Map.of("BAILIWICK_RULES_FOUR_EYES", "true");
    String told = assertThrows(Mistakes.class, () -> read(null, alone)).getMessage();
    assertTrue(told.contains("http.access keys"), told);
    assertTrue(told.contains("rules.publish on-approval"), told);
  }

  @Test
  void aSecretIsNeverToldNotEvenWhenItIsWrong() {
    String told =
        assertThrows(Mistakes.class, () -> read(null, Map.of("BAILIWICK_CRM_TOKEN", " ")))
            .getMessage();
    assertFalse(told.contains("\" \""), told);
  }

  @Test
  void readmeListsEveryKnobAsItIs() throws IOException {
    String table =
        Config.ALL.stream().map(ConfigTest::row).collect(Collectors.joining("\n", "", "\n"));
    String readme = Files.readString(Path.of("README.md"));
    int from = readme.indexOf("<!-- knobs -->\n") + "<!-- knobs -->\n".length();
    int to = readme.indexOf("<!-- /knobs -->");
    assertEquals(table, readme.substring(from, to), "README's table of knobs");
  }

  private static String row(Knob knob) {
    String standard = knob.standard() == null ? "" : "`" + knob.standard() + "`";
    return "| `%s` | %s | %s | %s |"
        .formatted(knob.name(), standard, knob.bounds().replace("|", "or"), knob.says());
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("bailiwick.yaml"), yaml);
  }

  private static Config read(
      @io.bailiwick.lead.Nullable Path file, Map<String, String> environment) {
    return ConfigReader.read(file, environment, Map.of());
  }

  @Test
  void theConfigurationOfTheComposeFileIsOne() {
    var config = ConfigReader.read(Path.of("deploy/bailiwick.yaml"), Map.of(), Map.of());
    assertEquals(io.bailiwick.flow.Publisher.Mode.ON_APPROVAL, config.publish());
  }

  @Test
  void aServersPasswordIsNotTakenInItsUrlNorShown() {
    var url = Map.of("BAILIWICK_JOURNAL_URL", "jdbc:postgresql://h/d?password=s3cret");
    var mistake =
        assertThrows(RuntimeException.class, () -> ConfigReader.read(null, url, Map.of()));
    assertTrue(mistake.getMessage().contains("journal.password-file"), mistake.getMessage());
    assertFalse(mistake.getMessage().contains("s3cret"), mistake.getMessage());
  }
}
