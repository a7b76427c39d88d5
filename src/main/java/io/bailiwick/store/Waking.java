package io.bailiwick.store;

import io.bailiwick.flow.Journal.Changed;
import io.bailiwick.json.Json;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.QueueReason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes queued leads due, so many a commit that leads which come in meanwhile are acknowledged
 * between two. Which leads it concerns is found first, in the order of the writes; each is woken
 * once at most. Where it fails on its way the rest still waits, and the same again wakes it.
 */
record Waking(GroupCommit writer, Instant now, Runnable some) {

  /**
   * The most that one commit wakes: a hundredth of a second or two. With fewer the last wait
   * longer, with more those that come in beside them, and what is to be sent of the first.
   */
  static final int PORTION = 1_000;

  private static final String FIND = "SELECT seq FROM lead %s WHERE %s";

  /** Anything may have become of a lead meanwhile; only one that still waits for this is woken. */
  private static final String WAKE =
      """
      UPDATE lead %s SET due = ?
      WHERE seq IN (SELECT CAST(one.value AS BIGINT) FROM %s) AND due > ? AND %s""";

  /** The index holds all of it, so that finding looks at no lead. */
  private static final String FOR_REASON = "stage = 'QUEUED' AND reason = ?";

  private static final String FOR_TERRITORY =
      "stage = 'QUEUED' AND reason IN ('TERRITORY_NOT_READY', 'BY_RULE', 'AMBIGUOUS')"
          + " AND territory = ?";

  private static final String FOR_RULES =
      "stage = 'QUEUED' AND reason IN"
          + " ('NO_MATCH', 'AMBIGUOUS', 'RULE_ERROR', 'BY_RULE', 'TERRITORY_NOT_READY')";

  /** A refusal is the CRM's word, which no rule changes. */
  private static final String NOT_REFUSED =
      FOR_RULES
          + " AND (reason <> 'TERRITORY_NOT_READY' OR blocker IS NULL OR blocker <> 'refused')";

  /** By what leads are found, and what must hold for each when it is woken. */
  private record Which(String found, String holds, @Nullable String of) {

    List<Long> seqs(Connection connection) throws SQLException {
      String sql = FIND.formatted(Dialect.of(connection).indexedBy("lead_queued"), found);
      List<Long> all = new ArrayList<>();
      try (PreparedStatement statement =
              of == null ? connection.prepareStatement(sql) : Rows.prepare(connection, sql, of);
          ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          all.add(rows.getLong(1));
        }
      }
      return all;
    }

    int wake(Connection connection, List<Long> seqs, Instant now) throws SQLException {
      String sql = update(Dialect.of(connection), holds);
      String list = Json.write(seqs);
      return of == null
          ? Rows.update(connection, sql, now, list, now)
          : Rows.update(connection, sql, now, list, now, of);
    }
  }

  /** Some of the leads that were found so. */
  private record Found(Which which, List<Long> seqs) {}

  CompletionStage<Integer> of(QueueReason reason) {
    return wake(List.of(new Which(FOR_REASON, FOR_REASON, reason.name())));
  }

  private CompletionStage<Integer> wake(List<Which> each) {
    return writer
        .submit(connection -> portions(connection, each))
        .thenCompose(portions -> inPortions(portions));
  }

  /** What was owed is forgotten after all of it was done, so that it is done again if cut short. */
  CompletionStage<Integer> forReading(Changed changed) {
    return writer
        .inOrder(connection -> Optional.ofNullable(Versions.owed(connection)))
        .thenCompose(
            owed ->
                owed.isEmpty()
                    ? wake(each(changed))
                    : wake(each(changed.and(owed.get().changed())))
                        .thenCompose(woken -> settled(owed.get(), woken)));
  }

  private CompletionStage<Integer> settled(Versions.Owed owed, int woken) {
    return writer.inOrder(
        connection -> {
          Versions.woken(connection, owed);
          return woken;
        });
  }

  private static List<Which> each(Changed changed) {
    List<Which> each = new ArrayList<>();
    for (String name : changed.territories()) {
      each.add(new Which(FOR_TERRITORY, FOR_TERRITORY, name));
    }
    if (changed.first()) {
      each.add(new Which(FOR_REASON, FOR_REASON, QueueReason.CRM_UNAVAILABLE.name()));
    }
    return each;
  }

  /**
   * Once a publication: it is remembered for which it was done after all of it was done, so that
   * one that was cut short is done again.
   */
  CompletionStage<Integer> forRules() {
    return writer
        .inOrder(RuleVersions::toBeWoken)
        .thenCompose(
            publication ->
                publication == null ? CompletableFuture.completedFuture(0) : forRules(publication));
  }

  private CompletionStage<Integer> forRules(String publication) {
    var which = new Which(FOR_RULES, NOT_REFUSED, null);
    return writer
        .inOrder(connection -> portions(connection, List.of(which)))
        .thenCompose(portions -> inPortions(portions))
        .thenCompose(
            woken ->
                writer.inOrder(
                    connection -> {
                      RuleVersions.woken(connection, publication);
                      return woken;
                    }));
  }

  /** What each commit is to wake. */
  private static List<List<Found>> portions(Connection connection, List<Which> each)
      throws SQLException {
    List<List<Found>> portions = new ArrayList<>();
    int room = 0;
    for (Which which : each) {
      List<Long> seqs = which.seqs(connection);
      for (int from = 0; from < seqs.size(); ) {
        if (room == 0) {
          portions.add(new ArrayList<>());
          room = PORTION;
        }
        int to = Math.min(seqs.size(), from + room);
        portions.get(portions.size() - 1).add(new Found(which, seqs.subList(from, to)));
        room -= to - from;
        from = to;
      }
    }
    return portions;
  }

  /** One after the other, each as heavy as all that may go beside leads that come in. */
  private CompletionStage<Integer> inPortions(List<List<Found>> portions) {
    CompletionStage<Integer> woken = CompletableFuture.completedFuture(0);
    for (List<Found> portion : portions) {
      woken =
          woken
              .thenCompose(
                  before ->
                      writer.submit(
                          WriteQueue.BESIDE, connection -> before + wake(connection, portion)))
              .whenComplete((done, failure) -> some.run());
    }
    return woken;
  }

  private int wake(Connection connection, List<Found> portion) throws SQLException {
    int woken = 0;
    for (Found found : portion) {
      woken += found.which().wake(connection, found.seqs(), now);
    }
    return woken;
  }

  private static String update(Dialect dialect, String holds) {
    return WAKE.formatted(dialect.byKey(), dialect.rows("one"), holds);
  }

  /** What finds leads, and what wakes them, so that a test can see how each is planned. */
  static List<String> statements() {
    List<String> all = new ArrayList<>();
    for (String found : List.of(FOR_REASON, FOR_TERRITORY, FOR_RULES)) {
      all.add(FIND.formatted(Dialect.SQLITE.indexedBy("lead_queued"), found));
    }
    for (String holds : List.of(FOR_REASON, FOR_TERRITORY, NOT_REFUSED)) {
      all.add(update(Dialect.SQLITE, holds));
    }
    return all;
  }
}
