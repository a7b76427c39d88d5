package io.bailiwick.drools;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.wiring.api.classloader.ProjectClassLoader;

/**
 * Looks at the classes that a rulebook was compiled to, without asking the guard, the printer or
 * the loader: whether all that they name is what rules are made of. The list was written down from
 * rulebooks that a person had read.
 */
final class CompiledOracle {

  /** What Drools writes around rules, and three sorts of lambdas that hold what rules say. */
  private static final Pattern CLASS =
      Pattern.compile(
          "rules/(P[0-9A-F]{2}/Lambda(Predicate|Consequence|Extractor)[0-9A-F]{32}"
              + "|Rules[0-9A-F]{32}(RuleMethods[0-9]+)?"
              + "|DomainClassesMetadata[0-9A-F]{32}([$][A-Za-z0-9_]+)?)[.]class"
              + "|org/drools/project/model/ProjectModel_[a-z_0-9]+[.]class");

  private static final Pattern LAMBDA = Pattern.compile("rules/P[0-9A-F]{2}/Lambda.*");

  /** Of the frame alone: where Drools says how the base is to be made. */
  private static final Pattern FRAME =
      Pattern.compile(
          "org/kie/api/(KieServices|builder/model/.*|conf/.*|runtime/conf/.*)"
              + "|org/kie/util/maven/support/ReleaseIdImpl|org/drools/modelcompiler/.*"
              + "|org/drools/model/.*|java/util/(ArrayList|Arrays|Collections|List|Locale)"
              + "|java/time/format/DateTimeFormatter(Builder)?|org/drools/util/DateUtils");

  private static final Set<String> CLASSES =
      Set.of(
          "io/bailiwick/drools/Route",
          "io/bailiwick/lead/Flag",
          "io/bailiwick/lead/Placement",
          "io/bailiwick/lead/Territory",
          "java/lang/Boolean",
          "java/lang/CharSequence",
          "java/lang/Class",
          "java/lang/Enum",
          "java/lang/Exception",
          "java/lang/IllegalArgumentException",
          "java/lang/Long",
          // Drools casts to it where two numbers are compared in a group; no member may be named.
          "java/lang/Number",
          "java/lang/Object",
          "java/lang/RuntimeException",
          "java/lang/String",
          // Every enum copies its list of values with System.arraycopy, and a lambda is an enum.
          "java/lang/System",
          "java/lang/invoke/CallSite",
          "java/lang/invoke/MethodHandles",
          "java/lang/invoke/MethodHandles$Lookup",
          "java/lang/invoke/MethodType",
          "java/lang/invoke/StringConcatFactory",
          "java/time/Instant",
          "java/util/regex/Matcher",
          "java/util/regex/Pattern",
          // Handed on to Route as it is; no member of it may be named.
          "org/drools/model/Drools",
          "org/drools/model/functions/HashedExpression",
          "org/drools/model/functions/PredicateInformation",
          "org/drools/modelcompiler/util/EvaluationUtil",
          "org/drools/modelcompiler/dsl/pattern/D");

  private static final Pattern MODEL =
      Pattern.compile("org/drools/model/(functions/[A-Za-z0-9]+|operators/[A-Za-z]+Operator)");

  private static final Set<String> MEMBERS =
      Set.of(
          "invokedynamic.makeConcatWithConstants",
          "java/lang/invoke/StringConcatFactory.makeConcatWithConstants",
          "io/bailiwick/drools/Route.queue",
          "io/bailiwick/drools/Route.queueUntil",
          "io/bailiwick/drools/Route.to",
          "java/lang/Boolean.TYPE",
          "java/lang/Boolean.valueOf",
          "java/lang/Enum.<init>",
          "java/lang/Enum.valueOf",
          "java/lang/IllegalArgumentException.<init>",
          "java/lang/Long.valueOf",
          "java/lang/Object.<init>",
          "java/lang/RuntimeException.<init>",
          "java/lang/String.equals",
          "java/lang/String.hashCode",
          "java/lang/System.arraycopy",
          "java/util/regex/Matcher.matches",
          "java/util/regex/Pattern.compile",
          "java/util/regex/Pattern.matcher");

  private static final Pattern MEMBER =
      Pattern.compile(
          "io/bailiwick/lead/Flag[.](YES|NO|UNKNOWN)"
              + "|io/bailiwick/lead/Territory[.]"
              + "(name|manager|active|apiEnabled|member|createdAt|listed)"
              + "|io/bailiwick/lead/Placement[.](territory|listed|active|apiEnabled|propagated"
              + "|member|permitted|ageMinutes|readyAt)"
              + "|org/drools/model/functions/PredicateInformation[.].*"
              + "|org/drools/model/operators/[A-Za-z]+Operator[.]INSTANCE"
              + "|org/drools/modelcompiler/util/EvaluationUtil[.]"
              + "(are(Numbers)?NullSafeEquals|(less|greater)(OrEqual|Than)Numbers)"
              + "|org/drools/modelcompiler/dsl/pattern/D[.]eval"
              // Records of facts, and lambdas among themselves.
              + "|rules/[A-Z][A-Za-z0-9]*[.][A-Za-z0-9_]+"
              + "|rules/P[0-9A-F]{2}/Lambda[A-Za-z]+[0-9A-F]{32}[.][A-Za-z$_<>0-9]+");

  private CompiledOracle() {}

  /** What compiled rules name and should not; empty where nothing is wrong. */
  static List<String> strange(Compiled compiled) {
    var base = (InternalKnowledgeBase) compiled.base();
    Map<String, byte[]> store = ((ProjectClassLoader) base.getRootClassLoader()).getStore();
    List<String> strange = new ArrayList<>();
    if (store.size() < 3) {
      strange.add("there are no compiled classes to look at: " + store.keySet());
    }
    new TreeMap<>(store)
        .forEach(
            (name, bytes) -> {
              if (!CLASS.matcher(name).matches()) {
                strange.add("a class of its own: " + name);
              }
              look(name, ClassReferences.of(bytes), strange);
            });
    return strange;
  }

  private static void look(String name, ClassReferences references, List<String> strange) {
    boolean frame = !LAMBDA.matcher(name).matches();
    for (String type : references.classes()) {
      boolean known =
          CLASSES.contains(type) || MODEL.matcher(type).matches() || type.startsWith("rules/");
      boolean ofFrame =
          frame && (FRAME.matcher(type).matches() || type.startsWith("org/drools/project/model/"));
      if (!known && !ofFrame) {
        strange.add(name + " names the class " + type);
      }
    }
    for (String member : references.members()) {
      boolean known = MEMBERS.contains(member) || MEMBER.matcher(member).matches();
      String owner = member.substring(0, member.lastIndexOf('.'));
      boolean ofFrame =
          frame
              && (FRAME.matcher(owner).matches()
                  || owner.startsWith("rules/")
                  || owner.startsWith("org/drools/project/model/"));
      if (!known && !ofFrame) {
        strange.add(name + " names " + member);
      }
    }
  }
}
