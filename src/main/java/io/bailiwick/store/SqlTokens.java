package io.bailiwick.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.flow.TokenBook;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** How we are let in at the CRM, in a journal on disk; secrets lie there sealed. */
record SqlTokens(GroupCommit writer, SqlReader reader, Seal seal) implements TokenBook {

  /** Under which name the grant is sealed; a token is sealed under its grant's key. */
  private static final String GRANT = "crm grant";

  private static final String ROW =
      "SELECT sealed, made_at, expires_at, api_domain, turn_until, cool_until FROM crm_token"
          + " WHERE grant_key = ?";

  /** The first of the last ten, where there are ten. */
  private static final String OLDEST =
      "SELECT at FROM crm_renewal WHERE grant_key = ? AND at > ? ORDER BY at DESC, seq DESC"
          + " LIMIT 1 OFFSET "
          + (MOST - 1);

  @Override
  public CompletionStage<Optional<Grant>> grant() {
    return reader.read(
        connection -> {
          try (PreparedStatement statement =
                  Rows.prepare(connection, "SELECT sealed FROM crm_grant");
              ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(grant(rows.getString(1))) : Optional.empty();
          }
        });
  }

  @Override
  public CompletionStage<Void> keepGrant(Grant grant) {
    JsonNode node =
        Json.mapper()
            .createObjectNode()
            .put("accounts", grant.accounts())
            .put("client_id", grant.clientId())
            .put("client_secret", grant.clientSecret())
            .put("refresh_token", grant.refreshToken());
    String sealed = seal.close(GRANT, node.toString());
    return done(
        "INSERT INTO crm_grant (id, sealed) VALUES (1, ?)"
            + " ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed",
        sealed);
  }

  @Override
  public CompletionStage<Turn> turn(Ask ask) {
    return writer.inOrder(connection -> turn(connection, ask));
  }

  private Turn turn(Connection connection, Ask ask) throws SQLException {
    Instant begin = ask.now().minus(WINDOW);
    Rows.update(connection, "DELETE FROM crm_renewal WHERE at <= ?", begin);
    Turn turn = TurnRules.turn(state(connection, ask.key(), begin), ask);
    if (turn instanceof Turn.Yours yours) {
      Rows.update(
          connection,
          "INSERT INTO crm_token (grant_key, turn_until) VALUES (?, ?)"
              + " ON CONFLICT (grant_key) DO UPDATE SET turn_until = excluded.turn_until",
          ask.key(),
          yours.until());
      Rows.update(
          connection,
          "INSERT INTO crm_renewal (grant_key, at) VALUES (?, ?)",
          ask.key(),
          ask.now());
    }
    return turn;
  }

  @Override
  public CompletionStage<Void> keep(String key, Access access) {
    return done(
        """
        INSERT INTO crm_token (grant_key, sealed, made_at, expires_at, api_domain)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (grant_key) DO UPDATE SET sealed = excluded.sealed,
          made_at = excluded.made_at, expires_at = excluded.expires_at,
          api_domain = excluded.api_domain, turn_until = NULL""",
        key,
        seal.close(key, access.token()),
        access.madeAt(),
        access.expiresAt(),
        access.apiDomain());
  }

  @Override
  public CompletionStage<Void> release(String key, Turn.Yours turn, boolean spent) {
    return writer.inOrder(
        connection -> {
          Rows.update(
              connection,
              "UPDATE crm_token SET turn_until = NULL WHERE grant_key = ? AND turn_until = ?",
              key,
              turn.until());
          if (!spent) {
            Rows.update(
                connection,
                "DELETE FROM crm_renewal WHERE seq ="
                    + " (SELECT MAX(seq) FROM crm_renewal WHERE grant_key = ?)",
                key);
          }
          return null;
        });
  }

  @Override
  public CompletionStage<Void> cool(String key, Instant until) {
    return done(
        "INSERT INTO crm_token (grant_key, cool_until) VALUES (?, ?) ON CONFLICT (grant_key)"
            + " DO UPDATE SET cool_until = excluded.cool_until, turn_until = NULL",
        key,
        until);
  }

  @Override
  public CompletionStage<Standing> standing(String key, Instant now) {
    return reader.read(
        connection -> {
          Instant end = null;
          Instant cool = null;
          try (PreparedStatement statement = Rows.prepare(connection, ROW, key);
              ResultSet rows = statement.executeQuery()) {
            if (rows.next()) {
              end = Rows.instant(rows, "expires_at");
              cool = Rows.instant(rows, "cool_until");
            }
          }
          int renewals = renewals(connection, key, now.minus(WINDOW));
          boolean cools = cool != null && cool.isAfter(now);
          return new Standing(end, renewals, cools ? cool : null);
        });
  }

  private TurnRules.State state(Connection connection, String key, Instant begin)
      throws SQLException {
    Instant oldest = null;
    try (PreparedStatement statement = Rows.prepare(connection, OLDEST, key, begin);
        ResultSet rows = statement.executeQuery()) {
      if (rows.next()) {
        oldest = Rows.instant(rows, "at");
      }
    }
    try (PreparedStatement statement = Rows.prepare(connection, ROW, key);
        ResultSet rows = statement.executeQuery()) {
      return rows.next()
          ? new TurnRules.State(
              access(rows, key),
              Rows.instant(rows, "turn_until"),
              Rows.instant(rows, "cool_until"),
              oldest)
          : new TurnRules.State(null, null, null, oldest);
    }
  }

  private @Nullable Access access(ResultSet rows, String key) throws SQLException {
    String sealed = rows.getString("sealed");
    Instant made = Rows.instant(rows, "made_at");
    Instant end = Rows.instant(rows, "expires_at");
    return sealed == null || made == null || end == null
        ? null
        : new Access(seal.open(key, sealed), made, end, rows.getString("api_domain"));
  }

  private Grant grant(String sealed) {
    JsonNode node = Json.own(seal.open(GRANT, sealed), JsonNode.class);
    return new Grant(
        node.path("accounts").asText(),
        node.path("client_id").asText(),
        node.path("client_secret").asText(),
        node.path("refresh_token").asText());
  }

  private static int renewals(Connection connection, String key, Instant begin)
      throws SQLException {
    String sql = "SELECT COUNT(*) FROM crm_renewal WHERE grant_key = ? AND at > ?";
    try (PreparedStatement statement = Rows.prepare(connection, sql, key, begin);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private CompletionStage<Void> done(String sql, @Nullable Object... parameters) {
    return writer.inOrder(
        connection -> {
          Rows.update(connection, sql, parameters);
          return null;
        });
  }
}
