package io.bailiwick.drools.facts;

import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.lead.Nullable;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.kie.memorycompiler.JavaConfiguration;
import org.kie.memorycompiler.KieMemoryCompiler;

/**
 * The records that stand for the lead and for the rows of lookup tables: one class each, made for
 * one rulebook, so that every declared field is typed and indexed. They leave memory with the
 * rulebook.
 */
final class FactClasses {

  /** The package that rules and their facts share. */
  static final String PACKAGE = "rules";

  private final Loader loader;

  private FactClasses(Loader loader) {
    this.loader = loader;
  }

  /** Compiles them, to be seen through a loader whose parent is this one. */
  static FactClasses compile(List<Fact> facts, ClassLoader parent) {
    Map<String, String> sources = new HashMap<>();
    for (Fact fact : facts) {
      sources.put(className(fact), source(fact));
    }
    Map<String, byte[]> classes =
        KieMemoryCompiler.compileNoLoad(
            sources, FactClasses.class.getClassLoader(), JavaConfiguration.CompilerType.ECLIPSE);
    return new FactClasses(new Loader(parent, classes));
  }

  /** Sees the records and what its parent sees. */
  ClassLoader loader() {
    return loader;
  }

  /** Makes a fact of its values, in the fields' order. */
  MethodHandle maker(Fact fact) {
    Class<?>[] types = fact.fields().stream().map(f -> type(f.kind())).toArray(Class<?>[]::new);
    try {
      Class<?> type = loader.loadClass(className(fact));
      return MethodHandles.publicLookup()
          .findConstructor(type, MethodType.methodType(void.class, types))
          .asSpreader(Object[].class, types.length)
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the record " + fact.word() + " was not made", e);
    }
  }

  private static String className(Fact fact) {
    return PACKAGE + "." + fact.word();
  }

  private static String source(Fact fact) {
    String components =
        fact.fields().stream()
            .map(field -> type(field.kind()).getName() + " " + field.name())
            .collect(Collectors.joining(", "));
    // Whoever prints a fact must not print a person's data.
    return """
        package %s;
        public record %s(%s) {
          @Override public String toString() { return "%s"; }
        }
        """
        .formatted(PACKAGE, fact.word(), components, fact.word());
  }

  private static Class<?> type(Field.Kind kind) {
    return switch (kind) {
      case TEXT -> String.class;
      case NUMBER -> Long.class;
      case YES_NO -> Boolean.class;
      case INSTANT -> java.time.Instant.class;
      case FLAG -> io.bailiwick.lead.Flag.class;
    };
  }

  private static final class Loader extends ClassLoader {

    private final Map<String, byte[]> resources = new HashMap<>();

    Loader(ClassLoader parent, Map<String, byte[]> classes) {
      super(parent);
      classes.forEach(
          (name, bytes) -> {
            String path = name.endsWith(".class") ? name : name.replace('.', '/') + ".class";
            resources.put(path, bytes);
          });
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = resources.get(name.replace('.', '/') + ".class");
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }

    /** The compiler of rules reads the records as resources. */
    @Override
    protected @Nullable URL findResource(String name) {
      byte[] bytes = resources.get(name);
      try {
        return bytes == null ? null : new URL(null, "memory:" + name, new Memory(bytes));
      } catch (MalformedURLException e) {
        throw new IllegalStateException("a class's path makes no URL: " + name, e);
      }
    }
  }

  private static final class Memory extends URLStreamHandler {

    private final byte[] bytes;

    Memory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {
          connected = true;
        }

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
