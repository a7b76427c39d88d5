package io.bailiwick.store;

import io.bailiwick.lead.JournalCondition;
import io.bailiwick.lead.Nullable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** What is under a journal: its connections, and what only its kind of database can say. */
interface Database extends AutoCloseable {

  /** Where it is, for people. */
  JournalPlace place();

  /** Where the key is that some of it is encrypted by. */
  Path keyFile();

  /** The connection that writes, in transactions of its caller; another where one was lost. */
  Connection write() throws SQLException;

  /** A new connection that can only read. */
  Connection read() throws SQLException;

  /**
   * Begins a transaction's own words, where the database has any; {@code inOrder} is one that no
   * other instance may cross. Answers what it is known by later; null where it needs no name.
   */
  @Nullable
  String begin(Connection writing, boolean inOrder) throws SQLException;

  /** After a commit; throws where the next start would not find what is in it. */
  void committed() throws SQLException;

  /** Whether nothing more can be asked of this connection, after this failure. */
  boolean lost(Connection connection, SQLException failure);

  /** Whether the same transaction may succeed if it is begun again at once. */
  boolean crossed(SQLException failure);

  /**
   * Whether a transaction whose connection was lost while it was being committed is committed; null
   * where that cannot be found out. May take some seconds.
   */
  @Nullable
  Boolean committed(@Nullable String transaction);

  /** How it stands, asked of the connection that writes. */
  JournalCondition condition(Connection writing) throws SQLException;

  /** Rids it of what was overwritten; false where somebody's reading keeps it from that. */
  boolean settle(Connection writing) throws SQLException;

  /** A failure of a reading, in words for people where there are any. */
  Exception explained(SQLException failure);

  @Override
  void close();
}
