package io.bailiwick.simulation;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/**
 * A copy of the flow with a small patch applied, and the whole of Bailiwick's classes around it, so
 * that a simulation runs on a flow with one mistake in it. The code that is built knows nothing of
 * it.
 */
final class Mutated implements AutoCloseable {

  private static final Path MAIN = Path.of("src/main/java/io/bailiwick");

  private final OwnFirst loader;

  private Mutated(OwnFirst loader) {
    this.loader = loader;
  }

  /** Loads Bailiwick's classes anew, the patched ones first; all others are the parent's. */
  private static final class OwnFirst extends URLClassLoader {
    OwnFirst(URL[] places) {
      super(places, Mutated.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("io.bailiwick.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? findClass(name) : known;
      }
    }
  }

  /** Patches and compiles in {@code work}; an empty patch changes nothing. */
  static Mutated by(String patch, Path work) throws IOException {
    Path classes = Files.createDirectories(work.resolve("classes"));
    if (!patch.isEmpty()) {
      compile(patched(patch, Files.createDirectories(work.resolve("source"))), classes);
    }
    URL[] places = {
      classes.toUri().toURL(),
      Path.of("target/classes").toUri().toURL(),
      Path.of("target/test-classes").toUri().toURL()
    };
    return new Mutated(new OwnFirst(places));
  }

  /** The seed that failed, and what the checker said; seed 0 where none did. */
  record Caught(long seed, String why) {}

  /** Runs seeds from 1 on until one fails. */
  Caught firstFailing(int seeds) throws ReflectiveOperationException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      var make = loader.loadClass(Simulation.class.getName()).getDeclaredConstructor(long.class);
      make.setAccessible(true);
      for (long seed = 1; seed <= seeds; seed++) {
        Object simulation = make.newInstance(seed);
        try {
          called(simulation, "run");
          called(simulation, "check");
        } catch (java.lang.reflect.InvocationTargetException e) {
          return new Caught(seed, String.valueOf(e.getCause().getMessage()).strip());
        }
      }
      return new Caught(0, "");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }

  private static void called(Object simulation, String method) throws ReflectiveOperationException {
    var what = simulation.getClass().getDeclaredMethod(method);
    what.setAccessible(true);
    what.invoke(simulation);
  }

  /** The first line names the file; its lines with a minus are replaced by those with a plus. */
  private static Path patched(String patch, Path work) throws IOException {
    List<String> lines = patch.lines().toList();
    Path file = MAIN.resolve(lines.get(0));
    String source = Files.readString(file);
    String before = lines(lines, '-');
    int at = source.indexOf(before);
    if (before.isEmpty() || at < 0 || source.indexOf(before, at + 1) >= 0) {
      throw new AssertionError("the patch of " + file + " does not fit any more: " + before);
    }
    Path made = work.resolve(file.getFileName().toString());
    return Files.writeString(made, source.replace(before, lines(lines, '+')));
  }

  private static String lines(List<String> patch, char kind) {
    return patch.stream()
        .skip(1)
        .filter(line -> !line.isEmpty() && line.charAt(0) == kind)
        .map(line -> line.substring(1) + "\n")
        .collect(Collectors.joining());
  }

  private static void compile(Path source, Path classes) throws IOException {
    var said = new StringWriter();
    var compiler = ToolProvider.getSystemJavaCompiler();
    String path = "target/classes:" + System.getProperty("java.class.path");
    var options = new ArrayList<>(List.of("-proc:none", "-cp", path, "-d", classes.toString()));
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var units = files.getJavaFileObjects(source);
      if (!compiler.getTask(said, files, null, options, null, units).call()) {
        throw new AssertionError("the patched " + source + " does not compile: " + said);
      }
    }
  }
}
