package io.bailiwick.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.Config;
import io.bailiwick.json.Json;
import io.bailiwick.lead.AccessKey.Kind;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Role;
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

/** {@code keys add}: makes a key and says its secret, once. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a key and says its secret on standard output. It is said this once: only its digest is"
          + " kept (a signing secret is kept encrypted)."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:made", "1:could not be made", "64:wrong command line"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  bailiwick keys add ana --role operator",
      "  bailiwick keys add --role source --source web --expires 365d",
      "  bailiwick keys add --role source --source fair --signature --secret-file fair.secret"
    })
public final class KeysAddCommand implements Callable<Integer> {

  @Mixin private KeyRing ring;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Whose key it is; a source's key is named as its source where nothing is said.")
  private @Nullable String name;

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "source, viewer, analyst or operator.")
  private String role;

  @Option(names = "--source", paramLabel = "NAME", description = "Which source's leads it brings.")
  private @Nullable String source;

  @Option(
      names = "--signature",
      description = "Not sent with each request: it signs each body (Standard Webhooks).")
  private boolean signature;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description = "File with the signing secret that the source gave, whsec_…; else one is made.")
  private @Nullable Path secretFile;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "It opens for so long, such as 90d; without, until it is revoked.")
  private @Nullable String expires;

  @Option(names = "--json", description = "Answers in JSON, as POST /v1/keys does.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (Role.ofKey(role).isEmpty()) {
      throw wrong("--role is source, viewer, analyst or operator");
    }
    if (name == null && source == null) {
      throw wrong("say whose key it is: bailiwick keys add NAME --role " + role);
    }
    ObjectNode wish = Json.mapper().createObjectNode().put("role", role);
    put(wish, "name", name);
    put(wish, "source", source);
    wish.put("kind", (signature ? Kind.SIGNATURE : Kind.BEARER).word());
    put(wish, "secret", secretFile == null ? null : Files.readString(secretFile).strip());
    JsonNode made = ring.add(wish, life());
    KeysText.made(made, json, spec.commandLine());
    return 0;
  }

  private @Nullable Duration life() {
    Duration life = expires == null ? null : Config.duration(expires);
    if (expires != null && life == null) {
      throw wrong("--expires must be a time such as 12h or 90d");
    }
    return life;
  }

  private static void put(ObjectNode wish, String member, @Nullable String value) {
    if (value != null) {
      wish.put(member, value);
    }
  }

  private ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
