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

  private final List<Double> hello = new ArrayList<>();
  private final List<Double> first = new ArrayList<>();
  private final List<Double> again = new ArrayList<>();

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
    try (Crm crm = ground.crm(5)) {
      Setting setting = Setting.full(crm.url(), 10, 0);
      // The first round fills the system's cache of files, and is none.
      round(ground, setting);
      for (int round = 0; round < ground.plan().rounds(); round++) {
        double[] millis = round(ground, setting);
        hello.add(millis[0]);
        first.add(millis[1]);
        again.add(millis[2]);
      }
    }
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

  /** Hello, Bailiwick on a new journal, Bailiwick on the same; in milliseconds. */
  private static double[] round(Ground ground, Setting setting) {
    Path folder = ground.folder("start");
    String key = "Bearer " + Served.key(folder, setting);
    int port = port();
    String url = "http://127.0.0.1:" + port;
    Path log = folder.resolve("hello.log");
    List<String> hello = Java.lean(ground.flags(), Hello.class, Integer.toString(port));
    return new double[] {
      millis(url, "", () -> Child.start(log, Map.of(), hello)),
      millis(url, key, () -> Served.launch(folder, setting, port)),
      millis(url, key, () -> Served.launch(folder, setting, port))
    };
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
