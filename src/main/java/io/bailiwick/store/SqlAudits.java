package io.bailiwick.store;

import io.bailiwick.flow.AuditBook;
import io.bailiwick.flow.AuditLog;
import io.bailiwick.lead.AuditReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The audits of a journal on disk: claims and reports are written by its one writer. */
record SqlAudits(GroupCommit writer, AuditLog log, Set<String> holders) implements AuditBook {

  SqlAudits(GroupCommit writer, AuditLog log) {
    this(writer, log, ConcurrentHashMap.newKeySet());
  }

  /** Whoever claimed an audit of this instance works no more. */
  void leave(Connection connection) throws SQLException {
    for (String holder : holders) {
      Audits.free(connection, holder);
    }
  }

  @Override
  public CompletionStage<Claimed> claim(String day, String holder, Instant now, Instant until) {
    holders.add(holder);
    return writer.inOrder(connection -> Audits.claim(connection, day, holder, now, until));
  }

  @Override
  public CompletionStage<Kept> keep(AuditReport report, String holder) {
    return writer.inOrder(connection -> Audits.keep(connection, report, holder));
  }

  @Override
  public CompletionStage<Optional<AuditReport>> untold() {
    return writer.submit(Audits::untold);
  }

  @Override
  public CompletionStage<Void> told(String id) {
    return writer.submit(
        connection -> {
          Rows.update(connection, "UPDATE audit SET told = 1 WHERE id = ?", id);
          return null;
        });
  }

  @Override
  public CompletionStage<List<AuditReport>> latest(int limit) {
    return log.latest(limit);
  }

  @Override
  public CompletionStage<Optional<AuditReport>> find(String id) {
    return log.find(id);
  }

  @Override
  public CompletionStage<Map<String, Exposure>> exposure(
      Set<String> territories, Instant lately, Instant longAgo) {
    return log.exposure(territories, lately, longAgo);
  }
}
