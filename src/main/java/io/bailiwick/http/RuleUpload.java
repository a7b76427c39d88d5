package io.bailiwick.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.json.Json;
import io.bailiwick.json.Problem;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleVersion;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A candidate as it is uploaded: files by path, spreadsheets in base64, and fixtures.
 *
 * @param ownFixtures whether it brings fixtures; without, it is proved by those that serve
 */
record RuleUpload(RuleVersion version, boolean ownFixtures) {

  private static final Set<String> MEMBERS = Set.of("files", "sheets", "fixtures", "hash");

  /** Reads the body; throws {@link Refusal} that names the member that is wrong. */
  static RuleUpload read(byte[] body) {
    JsonNode root;
    try {
      root = Json.readFiles(body);
    } catch (JsonProcessingException e) {
      throw new Refusal(ProblemType.MALFORMED_BODY, e.getOriginalMessage());
    } catch (IOException e) {
      throw new Refusal(ProblemType.MALFORMED_BODY, "The body is not UTF-8 JSON.");
    }
    if (!root.isObject() || !root.has("files")) {
      throw wrong("/files", "is needed: an object of texts by their paths under rules/");
    }
    root.fieldNames()
        .forEachRemaining(
            name -> {
              if (!MEMBERS.contains(name)) {
                throw wrong("", "has a member that is not known; use files, sheets, fixtures");
              }
            });
    Map<String, byte[]> sheets = new TreeMap<>();
    texts(root, "sheets").forEach((path, text) -> sheets.put(path, bytes(path, text)));
    var files = new RuleFiles(texts(root, "files"), sheets);
    try {
      return new RuleUpload(new RuleVersion(files, texts(root, "fixtures")), root.has("fixtures"));
    } catch (IllegalArgumentException e) {
      throw wrong("", String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> texts(JsonNode root, String member) {
    Map<String, String> texts = new TreeMap<>();
    JsonNode node = root.path(member);
    if (!node.isObject() && !node.isMissingNode()) {
      throw wrong("/" + member, "must be an object of texts by path");
    }
    node.properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isTextual()) {
                throw wrong("/" + member, "must have texts only");
              }
              texts.put(entry.getKey(), entry.getValue().asText());
            });
    return texts;
  }

  private static byte[] bytes(String path, String text) {
    if (!path.endsWith(RuleFiles.SHEET)) {
      throw wrong("/sheets", "must have paths that end in " + RuleFiles.SHEET);
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw wrong("/sheets", "must have spreadsheets in base64");
    }
  }

  private static Refusal wrong(String pointer, String detail) {
    return new Refusal(
        new Problem(
            ProblemType.INVALID_REQUEST,
            "The body is no candidate.",
            java.util.List.of(new Problem.Flaw(pointer, detail))));
  }
}
