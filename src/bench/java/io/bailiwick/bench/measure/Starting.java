package io.bailiwick.bench.measure;

import io.bailiwick.bench.limit.Hello;
import io.bailiwick.bench.process.Child;
import io.bailiwick.bench.process.Java;
import io.bailiwick.bench.process.Served;
import io.bailiwick.bench.process.Setting;
import io.bailiwick.bench.report.Figure;
import io.bailiwick.bench.report.Figure.Pair;
import io.bailiwick.bench.report.Goal;
import io.bailiwick.bench.report.Results;
import io.bailiwick.bench.report.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * From the command to the first 202: on a new journal, and on one that has served before; over a
 * bare Vert.x that says hello, started with the same flags.
 */
public final class Starting implements Measure {

  private static final String HELLO = "hello";

  /** Nothing started yet. */
  public Starting() {}

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String says() {
    return "from the command to the first 202; over a bare Vert.x hello with the same flags";
  }

  @Override
  public Results run(Ground ground) {
    List<Double> hello = new ArrayList<>();
    List<Double> first = new ArrayList<>();
    List<Double> again = new ArrayList<>();
    try (Crm crm = ground.crm(5)) {
      Setting setting = Setting.full(crm.url(), 10, 0);
      for (int round = 0; round <= ground.plan().rounds(); round++) {
        Path folder = ground.folder("start");
        String key = "Bearer " + Served.key(folder, setting);
        int port = port();
        String url = "http://127.0.0.1:" + port;
        String number = Integer.toString(port);
        hello.add(
            millis(
                url,
                "",
                () ->
                    Child.start(
                        folder.resolve("hello.log"),
                        Map.of(),
                        Java.lean(ground.flags(), Hello.class, number))));
        first.add(millis(url, key, () -> Served.launch(folder, setting, port)));
        again.add(millis(url, key, () -> Served.launch(folder, setting, port)));
      }
    }
    // The first round fills the system's cache of files.
    List.of(hello, first, again).forEach(all -> all.remove(0));
    ground.say("  hello %s, new %s, again %s ms".formatted(hello, first, again));
    return Results.of(
        Figure.over(
            "start",
            "start to the first 202, as it served before",
            "ms",
            new Pair(new Series(again), HELLO, new Series(hello)),
            Goal.most(4)),
        Figure.over(
            "start-new",
            "start to the first 202, new journal",
            "ms",
            new Pair(new Series(first), HELLO, new Series(hello)),
            Goal.none(Goal.Better.LOWER)));
  }

  private static double millis(String url, String key, Supplier<Child> start) {
    long begun = System.nanoTime();
    try (Child child = start.get()) {
      Knock.until202(url, key, child);
      double millis = (System.nanoTime() - begun) / 1e6;
      child.stop();
      return millis;
    }
  }

  private static int port() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
