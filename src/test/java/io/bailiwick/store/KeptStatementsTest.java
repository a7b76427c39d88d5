package io.bailiwick.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptStatementsTest {

  private static final String INSERT = "INSERT INTO one (id, word) VALUES (?, ?)";
  private static final String WORDS = "SELECT word FROM one ORDER BY id";

  private Connection bare;
  private Connection kept;

  @BeforeEach
  void open() throws SQLException {
    bare = DriverManager.getConnection("jdbc:sqlite::memory:");
    kept = KeptStatements.of(bare);
    try (var statement = kept.createStatement()) {
      statement.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, word TEXT)");
    }
  }

  @AfterEach
  void close() throws SQLException {
    kept.close();
    assertTrue(bare.isClosed());
  }

  @Test
  void aStatementThatIsUsedAgainKnowsNothingOfItsFormerParameters() throws SQLException {
    assertEquals(1, Rows.update(kept, INSERT, 1, "a"));
    try (PreparedStatement second = kept.prepareStatement(INSERT)) {
      second.setInt(1, 2);
      assertEquals(1, second.executeUpdate());
    }
    try (ResultSet rows = kept.createStatement().executeQuery(WORDS)) {
      assertTrue(rows.next());
      assertEquals("a", rows.getString(1));
      assertTrue(rows.next());
      assertEquals(null, rows.getString(1));
    }
  }

  @Test
  void twoThatAreOpenTogetherAreTwo() throws SQLException {
    for (int i = 0; i < 3; i++) {
      Rows.update(kept, INSERT, i, "w" + i);
    }
    try (PreparedStatement outer = kept.prepareStatement(WORDS);
        ResultSet rows = outer.executeQuery()) {
      for (int i = 0; i < 3; i++) {
        assertTrue(rows.next());
        assertEquals("w" + i, rows.getString(1));
        assertEquals("w0", first());
      }
      assertFalse(rows.next());
    }
  }

  private String first() throws SQLException {
    try (PreparedStatement inner = kept.prepareStatement(WORDS);
        ResultSet rows = inner.executeQuery()) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  @Test
  void oneThatFailedFailsNobodyAfterIt() throws SQLException {
    assertEquals(1, Rows.update(kept, INSERT, 1, "a"));
    assertThrows(SQLException.class, () -> Rows.update(kept, INSERT, 1, "again"));
    assertEquals(1, Rows.update(kept, INSERT, 2, "b"));
  }

  @Test
  void rowsThatNobodyClosedEndWithTheirStatement() throws SQLException {
    Rows.update(kept, INSERT, 1, "a");
    PreparedStatement statement = kept.prepareStatement(WORDS);
    ResultSet rows = statement.executeQuery();
    assertTrue(rows.next());
    statement.close();
    statement.close();
    assertTrue(rows.isClosed());
    try (var other = kept.createStatement()) {
      other.execute("DROP TABLE one");
    }
  }
}
