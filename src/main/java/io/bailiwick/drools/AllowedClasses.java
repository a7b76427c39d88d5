package io.bailiwick.drools;

import io.bailiwick.lead.Nullable;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;

/**
 * The second wall behind the guard: the only classes that compiled rules can name. What is not on
 * the list is not there, neither for the compiler nor at run time. The builders of Drools can be
 * named, because Drools' own frame around the rules does, but never loaded: with them a rule could
 * compile another rulebook, unguarded.
 */
final class AllowedClasses extends ClassLoader {

  /** The one there is. */
  static final ClassLoader LOADER = new AllowedClasses();

  /** Of Java what generated code and records touch; no reflection, no loaders, no threads. */
  private static final Set<String> OF_JAVA =
      Set.of(
          "java.io.Externalizable java.io.IOException java.io.ObjectInputStream",
          "java.io.ObjectOutputStream java.io.ObjectStreamException java.io.Serializable",
          "java.lang.Boolean java.lang.Byte java.lang.Character java.lang.CharSequence",
          "java.lang.Class java.lang.Cloneable java.lang.Double java.lang.Float java.lang.Integer",
          "java.lang.Short java.lang.Void",
          "java.lang.ClassNotFoundException java.lang.CloneNotSupportedException",
          "java.lang.Comparable java.lang.Enum java.lang.Enum$EnumDesc java.lang.Error",
          "java.lang.Exception java.lang.IllegalArgumentException java.lang.Iterable",
          "java.lang.Long java.lang.Number java.lang.Object java.lang.Override java.lang.Record",
          "java.lang.RuntimeException java.lang.String java.lang.Throwable",
          "java.lang.annotation.Annotation java.lang.constant.Constable",
          "java.lang.constant.ConstantDesc java.lang.constant.DynamicConstantDesc",
          "java.lang.invoke.CallSite java.lang.invoke.MethodHandle java.lang.invoke.MethodHandles",
          "java.lang.invoke.MethodHandles$Lookup java.lang.invoke.MethodType",
          "java.lang.invoke.StringConcatFactory java.lang.invoke.TypeDescriptor",
          "java.lang.invoke.TypeDescriptor$OfField java.lang.reflect.AnnotatedElement",
          "java.lang.reflect.GenericDeclaration java.lang.reflect.Type",
          "java.lang.runtime.ObjectMethods java.time.Instant",
          "java.time.format.DateTimeFormatter java.time.format.DateTimeFormatterBuilder",
          "java.time.temporal.Temporal java.time.temporal.TemporalAccessor",
          "java.time.temporal.TemporalAdjuster java.util.AbstractCollection",
          "java.util.AbstractList java.util.ArrayList java.util.Arrays java.util.Collection",
          "java.util.Collections java.util.Comparator java.util.Iterator java.util.List",
          "java.util.ListIterator java.util.Locale java.util.Optional java.util.RandomAccess",
          "java.util.SequencedCollection java.util.Spliterator java.util.function.Consumer",
          "java.util.function.Predicate java.util.function.UnaryOperator",
          "java.util.regex.MatchResult java.util.regex.Matcher java.util.regex.Pattern");

  /** Classes, and packages with a dot at the end, that rules are made of. */
  private static final List<String> OF_RULES =
      List.of(
          "io.bailiwick.drools.Route",
          "io.bailiwick.lead.Flag",
          "io.bailiwick.lead.Placement",
          "io.bailiwick.lead.Territory",
          "org.drools.compiler.kie.builder.MaterializedLambda",
          "org.drools.model.",
          "org.drools.modelcompiler.CanonicalKieModuleModel",
          "org.drools.modelcompiler.dsl.pattern.D",
          "org.drools.modelcompiler.util.EvaluationUtil",
          "org.drools.util.DateUtils",
          "org.kie.api.builder.ReleaseId");

  /** Named by the frame that Drools writes around the rules, and never loaded. */
  private static final List<String> OF_THE_FRAME =
      List.of("org.kie.api.", "org.kie.util.maven.support.ReleaseIdImpl");

  /** Loaded by Drools itself through the loader of rules, and never to be named by them. */
  private static final List<String> OF_DROOLS =
      List.of(
          "org.drools.core.WorkingMemory",
          "org.drools.core.base.accumulators.",
          "org.drools.ecj.EclipseJavaCompiler");

  private static final List<String> NEVER =
      List.of("org.drools.model.codegen.", "org.drools.model.project.");

  private static final Set<String> JAVA = split(OF_JAVA);

  private final ClassLoader all = AllowedClasses.class.getClassLoader();

  private AllowedClasses() {
    super(null);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (within(OF_RULES, name) || within(OF_DROOLS, name) || JAVA.contains(name)) {
      return all.loadClass(name);
    }
    throw new ClassNotFoundException(name + " is not for rules");
  }

  /** The compiler asks for classes as resources. */
  @Override
  public @Nullable URL getResource(String path) {
    if (!path.endsWith(".class")) {
      return null;
    }
    String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
    boolean visible = within(OF_RULES, name) || within(OF_THE_FRAME, name) || JAVA.contains(name);
    return visible ? all.getResource(path) : null;
  }

  @Override
  public Enumeration<URL> getResources(String name) {
    return Collections.emptyEnumeration();
  }

  private static boolean within(List<String> allowed, String name) {
    return allowed.stream()
            .anyMatch(
                one ->
                    one.endsWith(".")
                        ? name.startsWith(one)
                        : name.equals(one) || name.startsWith(one + "$"))
        && NEVER.stream().noneMatch(name::startsWith);
  }

  private static Set<String> split(Set<String> lines) {
    Set<String> names = new java.util.HashSet<>();
    lines.forEach(line -> names.addAll(List.of(line.split(" "))));
    return Set.copyOf(names);
  }
}
