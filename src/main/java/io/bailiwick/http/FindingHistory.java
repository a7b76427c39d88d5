package io.bailiwick.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bailiwick.json.Json;
import io.bailiwick.lead.AuditFinding;
import io.bailiwick.lead.AuditReport;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One finding through the audits: since when it stands, which saw it, when it was gone. */
final class FindingHistory {

  private FindingHistory() {}

  /** {@code reports} newest first; the answer too. */
  static ObjectNode of(List<AuditReport> reports, String kind, String subject) {
    List<ObjectNode> episodes = new ArrayList<>();
    ObjectNode open = null;
    List<AuditReport> oldestFirst = new ArrayList<>(reports);
    Collections.reverse(oldestFirst);
    for (AuditReport report : oldestFirst) {
      AuditFinding seen = seen(report, kind, subject);
      if (seen == null) {
        continue;
      }
      if (seen.stands() && open == null) {
        open = begun(report, seen);
        episodes.add(open);
      }
      if (open != null && seen.stands()) {
        saw(open, report, seen);
      } else if (open != null) {
        open.put("resolved", report.finishedAt().toString()).put("resolvedBy", report.id());
        open = null;
      }
    }
    Collections.reverse(episodes);
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("kind", kind).put("subject", subject).put("audits", reports.size());
    body.putArray("episodes").addAll(episodes);
    return body;
  }

  /** One that stood before the oldest audit that is looked back at says so. */
  private static ObjectNode begun(AuditReport report, AuditFinding seen) {
    ObjectNode episode = Json.mapper().createObjectNode();
    episode.put("since", report.finishedAt().toString());
    episode.put("atLeast", seen.news() != AuditFinding.News.NEW);
    episode.putArray("seen");
    return episode;
  }

  private static void saw(ObjectNode episode, AuditReport report, AuditFinding seen) {
    ArrayNode all = episode.withArray("seen");
    all.addObject()
        .put("audit", report.id())
        .put("at", report.finishedAt().toString())
        .put("news", seen.news().word())
        .put("detail", seen.detail());
  }

  private static @Nullable AuditFinding seen(AuditReport report, String kind, String subject) {
    return report.findings().stream()
        .filter(one -> one.kind().word().equals(kind) && one.subject().equals(subject))
        .findFirst()
        .orElse(null);
  }
}
