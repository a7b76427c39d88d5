package io.bailiwick.bench.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bailiwick.bench.load.Driver;
import io.bailiwick.bench.load.Load;
import io.bailiwick.bench.process.Child;
import io.bailiwick.bench.process.Java;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limit does what it is said to do, as the process that it is. */
class GroupCommitIT {

  @Test
  void whatIsAcceptedIsOnDiskThoughTheProcessIsKilled(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("rows.db");
    List<String> command = Java.lean(List.of(), GroupCommit.class, file.toString());
    try (Child child = Child.start(folder.resolve("log"), Map.of(), command);
        var driver = new Driver()) {
      Load load = Load.closed(child.url(), 8, 60).of(500, 1);
      assertEquals(500, driver.drive(load).whole().leads());
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT count(DISTINCT json_extract(body, '$.crmId')) FROM lead")) {
      assertEquals(500, rows.getInt(1));
    }
  }
}
