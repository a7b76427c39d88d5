package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.flow.Candidate;
import io.bailiwick.flow.PublishAnswer;
import io.bailiwick.flow.Publisher;
import io.bailiwick.flow.RulesStanding;
import io.bailiwick.json.Json;
import io.bailiwick.json.Problem;
import io.bailiwick.json.ProblemType;
import io.bailiwick.json.Refusal;
import io.bailiwick.lead.Finding;
import io.bailiwick.lead.Publication;
import io.bailiwick.lead.RuleVersion;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** How the rules' standing, candidates, versions and refusals look in JSON. */
final class RuleBodies {

  private RuleBodies() {}

  static ObjectNode standing(RulesStanding standing, List<Publication> log) {
    Publication serving = standing.publication();
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("serving", serving.hash());
    body.put("since", serving.at().toString());
    body.put("how", serving.how().word());
    body.put("publish", standing.mode() == Publisher.Mode.ON_CHANGE ? "on-change" : "on-approval");
    body.put("differs", standing.differs());
    if (standing.folder().problem() != null) {
      body.put("problem", standing.folder().problem());
    }
    if (standing.shadow() != null) {
      body.set("shadow", ShadowBodies.run(standing.shadow()));
    }
    body.set("rules", Json.tree(standing.rulebook().rules()));
    ArrayNode candidates = body.putArray("candidates");
    standing.candidates().forEach(candidate -> candidates.add(candidate(candidate)));
    ArrayNode versions = body.putArray("versions");
    log.forEach(publication -> versions.add(publication(publication)));
    return body;
  }

  static ObjectNode candidate(Candidate candidate) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("name", candidate.name());
    body.put("hash", candidate.version().hash());
    body.put("seenAt", candidate.seenAt().toString());
    body.put("state", candidate.state().told());
    body.put("since", candidate.since().toString());
    ArrayNode flaws = body.putArray("flaws");
    candidate.flaws().forEach(flaw -> flaws.add(flaw.told()));
    ArrayNode findings = body.putArray("findings");
    candidate.findings().forEach(finding -> findings.add(finding(finding)));
    body.set("failing", Json.tree(candidate.failing()));
    body.set("warnings", Json.tree(candidate.warnings()));
    return body;
  }

  private static ObjectNode finding(Finding finding) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("kind", finding.kind().word());
    body.put("error", finding.kind().error());
    body.put("told", finding.told());
    if (finding.example() != null) {
      body.set("example", Json.tree(finding.example()));
      body.put("at", String.valueOf(finding.at()));
    }
    return body;
  }

  static ObjectNode publication(Publication publication) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("hash", publication.hash());
    body.put("at", publication.at().toString());
    body.put("how", publication.how().word());
    if (publication.who() != null) {
      body.put("who", publication.who());
    }
    if (publication.note() != null) {
      body.put("note", publication.note());
    }
    return body;
  }

  /** Files and fixtures, in the form in which a candidate is uploaded. */
  static ObjectNode version(RuleVersion version) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("hash", version.hash());
    ObjectNode files = body.putObject("files");
    version.files().texts().forEach(files::put);
    ObjectNode sheets = body.putObject("sheets");
    version
        .files()
        .sheets()
        .forEach((path, bytes) -> sheets.put(path, Base64.getEncoder().encodeToString(bytes)));
    ObjectNode fixtures = body.putObject("fixtures");
    version.fixtures().forEach(fixtures::put);
    return body;
  }

  /** Why a candidate must not serve, each flaw with the file it stands in. */
  static Refusal refused(Candidate candidate) {
    List<Problem.Flaw> errors = new ArrayList<>();
    candidate
        .flaws()
        .forEach(flaw -> errors.add(new Problem.Flaw(pointer("files", flaw.file()), flaw.told())));
    candidate.findings().stream()
        .filter(finding -> finding.kind().error())
        .forEach(
            finding ->
                errors.add(new Problem.Flaw(pointer("files", finding.file()), finding.told())));
    candidate
        .failing()
        .forEach(
            failing ->
                errors.add(
                    new Problem.Flaw(
                        pointer("fixtures", failing.place().replaceAll("#\\d+$", "")),
                        failing.told())));
    return new Refusal(
        new Problem(
            ProblemType.RULES_REFUSED, "What serves is untouched; errors says why.", errors));
  }

  static Refusal refused(PublishAnswer.Refused answer) {
    if (answer.candidate() != null) {
      return refused(answer.candidate());
    }
    List<Problem.Flaw> errors =
        answer.flaws().stream()
            .map(flaw -> new Problem.Flaw(pointer("files", flaw.file()), flaw.told()))
            .toList();
    return new Refusal(
        new Problem(
            ProblemType.RULES_REFUSED,
            "The version does not compile with this Bailiwick; what serves is untouched.",
            errors));
  }

  /** Escaped as RFC 6901 has it. */
  private static String pointer(String member, String path) {
    return "/" + member + "/" + path.replace("~", "~0").replace("/", "~1");
  }
}
