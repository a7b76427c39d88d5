package io.bailiwick.bench.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How our own programs are started: this Java, and no more on the class path than they need. */
public final class Java {

  /** What the limits are made of. */
  private static final String LEAN =
      "(vertx-core|netty-|jackson-(core|databind|annotations)|sqlite-jdbc|slf4j-api).*"
          + "|HdrHistogram.*";

  /** These archives belong to one jar and would only be refused by another. */
  private static final String ARCHIVE = "-XX:.*(Archive|AOT).*|-Xshare.*";

  private Java() {}

  /** The launcher of this JVM. */
  public static String launcher() {
    return program("java");
  }

  /** A program of this JDK. */
  public static String program(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** A main class with all that the tests have. */
  public static List<String> whole(List<String> flags, Class<?> main, String... arguments) {
    return command(flags, classPath(), main, arguments);
  }

  /** A main class with only what the limits are made of. */
  public static List<String> lean(List<String> flags, Class<?> main, String... arguments) {
    String path =
        Arrays.stream(classPath().split(File.pathSeparator))
            .filter(
                part ->
                    Files.isDirectory(Path.of(part))
                        || Path.of(part).getFileName().toString().matches(LEAN))
            .collect(Collectors.joining(File.pathSeparator));
    return command(flags, path, main, arguments);
  }

  /** The flags with which a process of ours was started, but for archives of its jar. */
  static List<String> flags(long pid) {
    try {
      return flags(Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")));
    } catch (IOException e) {
      throw new UncheckedIOException("the suite needs Linux's /proc", e);
    }
  }

  /** Of a command line as the system keeps it; fails where it starts no jar. */
  static List<String> flags(String commandLine) {
    List<String> words = List.of(commandLine.split("\0"));
    int jar = words.indexOf("-jar");
    if (jar < 0) {
      throw new IllegalStateException(
          "bin/bailiwick does not become the JVM that it starts: " + String.join(" ", words));
    }
    return words.subList(1, jar).stream().filter(word -> !word.matches(ARCHIVE)).toList();
  }

  /** This JVM's; Maven runs its programs under a loader of its own. */
  public static String classPath() {
    if (Java.class.getClassLoader() instanceof URLClassLoader loader) {
      return Arrays.stream(loader.getURLs())
          .map(url -> Path.of(URI.create(url.toString())).toString())
          .collect(Collectors.joining(File.pathSeparator));
    }
    return System.getProperty("java.class.path");
  }

  private static List<String> command(
      List<String> flags, String path, Class<?> main, String... arguments) {
    List<String> all = new ArrayList<>(List.of(launcher()));
    all.addAll(flags);
    all.addAll(List.of("-cp", path, main.getName()));
    all.addAll(List.of(arguments));
    return all;
  }
}
