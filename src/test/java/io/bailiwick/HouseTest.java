package io.bailiwick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.StaticJavaParser;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.body.CallableDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.nodeTypes.NodeWithJavadoc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keeps the house's law: who may import whom, and how large anything may grow. */
class HouseTest {

  private static final Path MAIN = Path.of("src/main/java");
  private static final int FILE_LINES = 300;
  private static final int METHOD_LINES = 40;
  private static final int LINE_COLUMNS = 100;
  private static final int PARAMETERS = 5;

  /** Which of our packages each package may import besides its own. */
  private static final Map<String, Set<String>> LAW =
      Map.ofEntries(
          Map.entry("lead", Set.of()),
          Map.entry("json", Set.of("lead")),
          Map.entry("flow", Set.of("lead")),
          Map.entry("drools", Set.of("lead", "json", "flow")),
          Map.entry("store", Set.of("lead", "json", "flow")),
          Map.entry("crm", Set.of("lead", "json", "flow")),
          Map.entry("sandbox", Set.of("lead", "json", "flow")),
          Map.entry("replay", Set.of("lead", "json", "flow")),
          Map.entry("watch", Set.of("lead", "json", "flow")),
          Map.entry("http", Set.of("lead", "json", "flow", "replay", "watch")),
          Map.entry("workbench", Set.of("lead", "json", "flow", "replay", "watch", "http")));

  /** Packages that import nothing but java.* and each other. */
  private static final Set<String> PURE = Set.of("lead", "flow");

  private static final Pattern IMPORT = Pattern.compile("import (?:static )?([\\w.]+);");
  private static final Pattern OURS = Pattern.compile("io\\.bailiwick\\.([a-z]+)\\..*");

  private static final Map<Path, String> SOURCES = new TreeMap<>();

  @BeforeAll
  static void readTheSources() throws IOException {
    StaticJavaParser.setConfiguration(
        new ParserConfiguration().setLanguageLevel(ParserConfiguration.LanguageLevel.JAVA_17));
    try (Stream<Path> files = Files.walk(MAIN)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        SOURCES.put(file, Files.readString(file));
      }
    }
    assertTrue(SOURCES.size() > 50, "the sources were found");
  }

  @Test
  void arrowsGoOneWay() {
    List<String> broken = new ArrayList<>();
    SOURCES.forEach(
        (file, text) -> {
          String from = packageOf(file);
          Matcher imports = IMPORT.matcher(text);
          while (imports.find()) {
            String what = imports.group(1);
            Matcher ours = OURS.matcher(what);
            boolean legal =
                ours.matches()
                    ? mayImport(from, ours.group(1))
                    : !PURE.contains(from) || what.startsWith("java.");
            if (!legal) {
              broken.add(file + " imports " + what);
            }
          }
        });
    assertEquals(List.of(), broken);
  }

  @Test
  void onlyTheFrontKnowsTheConfiguration() {
    assertEquals(
        List.of(),
        SOURCES.entrySet().stream()
            .filter(source -> LAW.containsKey(packageOf(source.getKey())))
            .filter(source -> source.getValue().contains("io.bailiwick.Config"))
            .map(source -> source.getKey().toString())
            .toList());
  }

  @Test
  void onlyTheCommandLinesRootEndsTheProcess() {
    List<String> enders =
        SOURCES.entrySet().stream()
            .filter(
                source ->
                    source.getValue().contains("System.exit(")
                        || source.getValue().contains(".halt("))
            .map(source -> source.getKey().getFileName().toString())
            .toList();
    assertEquals(List.of("Bailiwick.java"), enders);
  }

  @Test
  void theFlowReadsNoClockStartsNoThreadAndDrawsNoNumberOfItsOwn() {
    Pattern forbidden =
        Pattern.compile(
            "Instant\\.now\\(|currentTimeMillis|nanoTime|new Thread|Executors\\.|new Random\\(|"
                + "Math\\.random|InstantSource\\.system|UUID\\.randomUUID");
    assertEquals(
        List.of(),
        SOURCES.entrySet().stream()
            .filter(source -> PURE.contains(packageOf(source.getKey())))
            .filter(source -> forbidden.matcher(source.getValue()).find())
            .map(source -> source.getKey().toString())
            .toList());
  }

  @Test
  void everyPackageMakesItsPromise() {
    Set<Path> folders =
        SOURCES.keySet().stream().map(Path::getParent).collect(java.util.stream.Collectors.toSet());
    assertEquals(
        List.of(),
        folders.stream()
            .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
            .map(Path::toString)
            .sorted()
            .toList());
  }

  @Test
  void filesMethodsAndLinesStaySmall() {
    List<String> large = new ArrayList<>();
    SOURCES.forEach(
        (file, text) -> {
          List<String> lines = text.lines().toList();
          if (lines.size() > FILE_LINES) {
            large.add("%s has %d lines".formatted(file, lines.size()));
          }
          for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).length() > LINE_COLUMNS && !lines.get(i).startsWith("import ")) {
              large.add("%s:%d has %d columns".formatted(file, i + 1, lines.get(i).length()));
            }
          }
          callables(parse(file, text)).forEach(method -> measure(file, method, large));
        });
    assertEquals(List.of(), large);
  }

  @Test
  void everyPublicTypeOpensWithAPromise() {
    List<String> silent = new ArrayList<>();
    SOURCES.forEach(
        (file, text) ->
            parse(file, text).findAll(TypeDeclaration.class).stream()
                .filter(type -> type.isPublic())
                .filter(type -> !((NodeWithJavadoc<?>) type).hasJavaDocComment())
                .forEach(type -> silent.add(file + " " + type.getNameAsString())));
    assertEquals(List.of(), silent);
  }

  @Test
  void namesSayWhatThingsAreAndNothingIsLeftForLater() throws IOException {
    List<String> found = new ArrayList<>();
    Pattern names = Pattern.compile(".*(Impl|Util|Utils|Manager|Helper)\\.java");
    Pattern later = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b|@Disa" + "bled");
    Pattern sleeping = Pattern.compile("Thread\\.sl" + "eep");
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String text = Files.readString(file);
        if (names.matcher(file.toString()).matches()
            || later.matcher(text).find()
            || sleeping.matcher(text).find()) {
          found.add(file.toString());
        }
      }
    }
    assertEquals(List.of(), found);
  }

  private static boolean mayImport(String from, String to) {
    Set<String> allowed = LAW.get(from);
    return allowed == null || from.equals(to) || allowed.contains(to);
  }

  /** The package right under io.bailiwick; empty for the front itself. */
  private static String packageOf(Path file) {
    Path folder = MAIN.resolve("io/bailiwick").relativize(file).getParent();
    return folder == null ? "" : folder.getName(0).toString();
  }

  private static CompilationUnit parse(Path file, String text) {
    return StaticJavaParser.parse(text);
  }

  private static List<CallableDeclaration<?>> callables(CompilationUnit unit) {
    List<CallableDeclaration<?>> all = new ArrayList<>();
    unit.findAll(CallableDeclaration.class).forEach(all::add);
    return all;
  }

  private static void measure(Path file, CallableDeclaration<?> method, List<String> large) {
    var range = method.getRange().orElseThrow();
    int lines = range.end.line - range.begin.line + 1;
    if (lines > METHOD_LINES) {
      large.add(
          "%s:%d %s has %d lines"
              .formatted(file, range.begin.line, method.getNameAsString(), lines));
    }
    if (method.getParameters().size() > PARAMETERS) {
      large.add(
          "%s:%d %s has %d parameters"
              .formatted(
                  file, range.begin.line, method.getNameAsString(), method.getParameters().size()));
    }
  }
}
