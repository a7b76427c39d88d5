package io.bailiwick.store;

import io.bailiwick.flow.Journal.Recorded;
import io.bailiwick.flow.Outbox;
import io.bailiwick.lead.LeadEvent;
import io.bailiwick.lead.Move;
import io.bailiwick.lead.Nullable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The outbox in the journal's database: its writes share the commits of the leads. */
final class SqlOutbox implements Outbox {

  private static final String PUT =
      """
      INSERT INTO outbox (id, channel, kind, body, at, tries, due) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (channel, id) DO NOTHING""";

  private static final String DUE =
      """
      SELECT id, channel, kind, body, at, tries FROM outbox
      WHERE channel = ? AND due <= ? ORDER BY seq LIMIT ?""";

  private static final String UNDELIVERED =
      "SELECT channel, COUNT(*), MIN(at) FROM outbox GROUP BY channel ORDER BY channel";

  /** For so long after it asked last an instance carries the messages of a channel. */
  private static final Duration CARRYING = Duration.ofSeconds(90);

  private final GroupCommit writer;
  private final SqlReader reader;
  private final @Nullable PostgresSharing sharing;
  private volatile Set<Subscription> subscriptions = Set.of();

  /** {@code sharing} is null where one service owns the journal. */
  SqlOutbox(GroupCommit writer, SqlReader reader, @Nullable PostgresSharing sharing) {
    this.writer = writer;
    this.reader = reader;
    this.sharing = sharing;
  }

  @Override
  public void subscribe(Set<Subscription> wanted) {
    subscriptions = Set.copyOf(wanted);
  }

  /** Keeps the events of those moves that were applied; inside the commit of the moves. */
  void keepEvents(Connection connection, List<Move> moves, List<Recorded> answers)
      throws SQLException {
    for (int i = 0; i < moves.size() && !subscriptions.isEmpty(); i++) {
      LeadEvent event = answers.get(i).applied() ? LeadEvent.of(moves.get(i)) : null;
      if (event != null) {
        for (Message message : Messages.of(event, subscriptions)) {
          put(connection, message);
        }
      }
    }
  }

  @Override
  public CompletionStage<Void> tell(Change change) {
    return writer.inOrder(
        connection -> {
          boolean news = sharing == null || isNews(connection, change);
          for (Standing alarm : change.raised()) {
            String sql =
                """
                INSERT INTO alarm (key, body) VALUES (?, ?)
                ON CONFLICT (key) DO UPDATE SET body = excluded.body""";
            Rows.update(connection, sql, alarm.key(), alarm.body());
          }
          for (String key : change.cleared()) {
            Rows.update(connection, "DELETE FROM alarm WHERE key = ?", key);
          }
          for (Message message : news ? change.messages() : List.<Message>of()) {
            put(connection, message);
          }
          return null;
        });
  }

  /** Whether no other instance has told all of it already. */
  private static boolean isNews(Connection connection, Change change) throws SQLException {
    String told = "SELECT COUNT(*) FROM alarm WHERE key = ?";
    for (Standing alarm : change.raised()) {
      if (Rows.number(connection, told, alarm.key()) == 0) {
        return true;
      }
    }
    for (String key : change.cleared()) {
      if (Rows.number(connection, told, key) > 0) {
        return true;
      }
    }
    // What changes no alarm is nobody else's to tell.
    return change.raised().isEmpty() && change.cleared().isEmpty();
  }

  @Override
  public CompletionStage<List<Standing>> standing() {
    return reader.read(
        connection -> {
          List<Standing> all = new ArrayList<>();
          String sql = "SELECT key, body FROM alarm ORDER BY key";
          try (PreparedStatement statement = Rows.prepare(connection, sql);
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              all.add(new Standing(rows.getString("key"), rows.getString("body")));
            }
          }
          return all;
        });
  }

  /** One instance carries a channel's messages, so that each goes once and in order. */
  @Override
  public CompletionStage<Due> due(String channel, Instant now, int limit) {
    CompletionStage<Boolean> mine =
        sharing == null
            ? CompletableFuture.completedStage(true)
            : sharing.take("outbox " + channel, CARRYING);
    return mine.thenCompose(
        carries ->
            carries
                ? read(channel, now, limit)
                : CompletableFuture.completedStage(new Due(List.of(), now.plus(CARRYING))));
  }

  private CompletionStage<Due> read(String channel, Instant now, int limit) {
    return reader.read(
        connection -> {
          List<Message> messages = new ArrayList<>();
          try (PreparedStatement statement = Rows.prepare(connection, DUE, channel, now, limit);
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              messages.add(message(rows));
            }
          }
          return new Due(messages, next(connection, channel, now));
        });
  }

  @Override
  public CompletionStage<Void> done(Message message) {
    return writer.submit(
        connection -> {
          String sql = "DELETE FROM outbox WHERE channel = ? AND id = ?";
          Rows.update(connection, sql, message.channel(), message.id());
          return null;
        });
  }

  @Override
  public CompletionStage<Void> postpone(Message message, Instant due) {
    return writer.submit(
        connection -> {
          String sql = "UPDATE outbox SET due = ?, tries = tries + 1 WHERE channel = ? AND id = ?";
          Rows.update(connection, sql, due, message.channel(), message.id());
          return null;
        });
  }

  @Override
  public CompletionStage<List<Undelivered>> undelivered() {
    return reader.read(
        connection -> {
          List<Undelivered> all = new ArrayList<>();
          try (PreparedStatement statement = Rows.prepare(connection, UNDELIVERED);
              ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              all.add(
                  new Undelivered(
                      rows.getString(1), rows.getLong(2), Instant.ofEpochMilli(rows.getLong(3))));
            }
          }
          return all;
        });
  }

  @Override
  public CompletionStage<Integer> forget(String channel) {
    return writer.submit(
        connection -> Rows.update(connection, "DELETE FROM outbox WHERE channel = ?", channel));
  }

  private static void put(Connection connection, Message message) throws SQLException {
    Rows.update(
        connection,
        PUT,
        message.id(),
        message.channel(),
        message.kind().name(),
        message.body(),
        message.createdAt(),
        message.tries(),
        message.createdAt());
  }

  private static Message message(ResultSet row) throws SQLException {
    return new Message(
        row.getString("id"),
        row.getString("channel"),
        Kind.valueOf(row.getString("kind")),
        row.getString("body"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getInt("tries"));
  }

  private static @Nullable Instant next(Connection connection, String channel, Instant now)
      throws SQLException {
    String sql = "SELECT MIN(due) AS due FROM outbox WHERE channel = ? AND due > ?";
    try (PreparedStatement statement = Rows.prepare(connection, sql, channel, now);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Rows.instant(rows, "due") : null;
    }
  }
}
