package io.bailiwick.bench.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bailiwick.bench.crm.CrmStub;
import io.bailiwick.bench.load.Driver;
import io.bailiwick.bench.load.Load;
import io.bailiwick.bench.load.Loaded;
import io.bailiwick.bench.process.Child;
import io.bailiwick.bench.process.Java;
import io.bailiwick.bench.process.Served;
import io.bailiwick.bench.process.Setting;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What all measures of a run share: the plan, one driver, and how processes are started. */
public final class Ground implements AutoCloseable {

  /** A process that takes less of a core than this, for so long, is at rest. */
  private static final double REST = 0.05;

  private static final double REST_SECONDS = 0.4;

  /** The launcher has the JVM give back memory each ten seconds. */
  private static final double LONG_REST_SECONDS = 15;

  private static final double PATIENCE_SECONDS = 300;

  private final ObjectMapper mapper = new ObjectMapper();
  private final Path work;
  private final Plan plan;
  private final PrintStream err;
  private final Child driver;
  private final List<String> flags;
  private int folders;

  /** Journals and logs go under {@code work}, which is emptied first. */
  public Ground(Path work, Plan plan, PrintStream err) {
    this.work = work;
    this.plan = plan;
    this.err = err;
    empty(work);
    this.flags = Served.flags(work);
    List<String> own = List.of("-XX:+UseSerialGC", "-Xmx512m");
    this.driver = Child.start(log("driver"), java.util.Map.of(), Java.lean(own, Driver.class));
  }

  public Plan plan() {
    return plan;
  }

  /** Those that the launcher gives, which the limits get, too. */
  public List<String> flags() {
    return flags;
  }

  /** Tells how far it is. */
  public void say(String what) {
    err.println(what);
  }

  /** Sends; fails where a request was not accepted. */
  public Loaded drive(Load load) {
    try {
      String answer = driver.ask(mapper.writeValueAsString(load));
      return mapper.readValue(answer, Loaded.class).whole();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** CPU time of the driver so far, in seconds. */
  double driverCpuSeconds() {
    return driver.cpuSeconds();
  }

  /** A limit, with the flags that are shipped. */
  public Child limit(Class<?> main, String... arguments) {
    return Child.start(
        log(main.getSimpleName()), java.util.Map.of(), Java.lean(flags, main, arguments));
  }

  /** The CRM stub, whose writes take so long. */
  public Crm crm(int millis) {
    List<String> own = List.of("-XX:+UseSerialGC", "-Xmx1g");
    return new Crm(
        Child.start(
            log("crm"),
            java.util.Map.of(),
            Java.whole(own, CrmStub.class, "fixtures", Integer.toString(millis))));
  }

  /** Bailiwick, on a new journal. */
  public Served served(Setting setting) {
    return Served.start(folder("served"), setting);
  }

  /** A new folder. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(work.resolve(name + "-" + ++folders));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a process does nothing any more, so that it takes nothing from the next one. */
  public void settle(Child child) {
    long end = System.nanoTime() + (long) (PATIENCE_SECONDS * 1e9);
    double spent;
    do {
      double before = child.cpuSeconds();
      LockSupport.parkNanos((long) (REST_SECONDS * 1e9));
      spent = child.cpuSeconds() - before;
      if (System.nanoTime() > end) {
        throw new IllegalStateException("a process does not come to rest in five minutes");
      }
    } while (spent > REST * REST_SECONDS);
  }

  /** Waits until a process has done nothing for so long that it has given back what it can. */
  public void rest(Child child) {
    settle(child);
    LockSupport.parkNanos((long) (LONG_REST_SECONDS * 1e9));
    settle(child);
  }

  @Override
  public void close() {
    driver.close();
  }

  private Path log(String name) {
    return work.resolve(name.toLowerCase(java.util.Locale.ROOT) + ".log");
  }

  private static void empty(Path folder) {
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
