package io.bailiwick.store;

import io.bailiwick.flow.AuditLog;
import io.bailiwick.lead.AuditReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The audits of a journal on disk, read on its reader's thread. */
record SqlAuditLog(SqlReader reader) implements AuditLog {

  @Override
  public CompletionStage<List<AuditReport>> latest(int limit) {
    return reader.read(connection -> Audits.latest(connection, limit));
  }

  @Override
  public CompletionStage<Optional<AuditReport>> find(String id) {
    return reader.read(connection -> Audits.find(connection, id).stream().findFirst());
  }

  @Override
  public CompletionStage<Map<String, Exposure>> exposure(
      Set<String> territories, Instant lately, Instant longAgo) {
    return reader.read(connection -> Audits.exposure(connection, territories, lately, longAgo));
  }
}
