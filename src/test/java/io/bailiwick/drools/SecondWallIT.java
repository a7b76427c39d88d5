package io.bailiwick.drools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.bailiwick.drools.facts.LeadFacts;
import io.bailiwick.drools.facts.Schema;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.RuleFiles;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import org.slf4j.LoggerFactory;

/**
 * The second wall by itself: every attack's text is compiled as it stands, without the guard, under
 * the loader of allowed classes, and run where it compiles.
 *
 * <p>It stops whatever needs a class that is not on the list: files, processes, sockets, threads,
 * System, Runtime, reflection's members, class loaders, scripts, a second rulebook. Most of it does
 * not compile; what compiles because Drools' own frame names a class fails to load it.
 *
 * <p>It does not stop what can be done with the allowed classes, and only the guard does: to loop
 * or to fill the memory (compiled here and not run; the watchdog gives such a judgement up, the
 * memory nobody gives back), to throw, to put facts in and take them out, to halt the session, to
 * say nothing or null, to read a property whose value is a number or a yes ({@code
 * Boolean.getBoolean}), and to set the locale of the whole process ({@code Locale} is on the list
 * because the code that Drools writes names it).
 */
class SecondWallIT {

  private static final String HEAD =
      """
      package rules
      import io.bailiwick.lead.Flag;
      import io.bailiwick.lead.Placement;
      import io.bailiwick.lead.Territory;
      global io.bailiwick.drools.Route route;
      """;

  /** What compiles is known, so that the wall cannot sink unseen. */
  private static final List<String> COMPILES =
      List.of(
          "code-delete",
          "code-drools-halt",
          "code-drools-runtime-by-var",
          "code-insert",
          "code-label",
          "code-locale-of-all",
          "code-nested-rulebook-by-services",
          "code-read-property",
          "code-route-itself",
          "code-route-missing",
          "code-route-null",
          "code-throw",
          "loop-for",
          "loop-insert",
          "loop-while",
          "memory-array",
          "memory-text",
          "product-of-territories",
          "territory-by-id",
          "territory-unnamed",
          "unicode-greek-variable");

  /**
   * Texts that Drools' own parser reads for days; they never come to a class. The guard's parser
   * has an end, and AttackTest sees each of them refused.
   */
  private static final Set<String> NEVER_PARSED =
      Set.of(
          "deep-calls.drl",
          "deep-casts.drl",
          "deep-choices.drl",
          "deep-members.drl",
          "deep-opposites.drl",
          "deep-signs.drl",
          "deep-square-brackets.drl");

  private static final Logger DROOLS = (Logger) LoggerFactory.getLogger("org.drools");
  private static final Level BEFORE = DROOLS.getLevel();

  private final long children = ProcessHandle.current().children().count();
  private final LeadFacts facts =
      LeadFacts.of(Schema.read(new RuleFiles(Map.of())), AllowedClasses.LOADER);

  @BeforeAll
  static void whatDoesNotCompileIsNotLogged() {
    DROOLS.setLevel(Level.OFF);
  }

  @AfterAll
  static void andThenItIs() {
    DROOLS.setLevel(BEFORE);
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void noAttackReachesAnythingEvenWithoutTheGuard() {
    var compiled = new TreeSet<String>();
    Locale locale = Locale.getDefault();
    List<String> names = new ArrayList<>(Attacks.names(".drl"));
    assertTrue(names.containsAll(NEVER_PARSED) && names.removeAll(NEVER_PARSED));
    for (String name : names) {
      try {
        KieBase base = KieBases.build(HEAD + Attacks.text(name), facts.loader());
        compiled.add(name.replace(".drl", ""));
        boolean endless = name.startsWith("loop-") || name.startsWith("memory-");
        if (!endless) {
          run(base);
        }
      } catch (KieBases.NotCompiled e) {
        // The wall held.
      } finally {
        Locale.setDefault(locale);
      }
      assertNothingReached(name);
    }
    assertEquals(COMPILES, List.copyOf(compiled));
  }

  @Test
  void whatTheFrameNamesCannotBeLoaded() {
    for (String name :
        List.of(
            "org.kie.api.KieServices$Factory",
            "org.kie.internal.utils.KieHelper",
            "org.drools.model.codegen.ExecutableModelProject",
            "java.lang.System",
            "java.lang.Runtime",
            "java.lang.Thread",
            "java.lang.ClassLoader",
            "java.lang.reflect.Method",
            "java.io.File")) {
      assertThrows(ClassNotFoundException.class, () -> facts.loader().loadClass(name), name);
    }
  }

  private void run(KieBase base) {
    KieSession session = base.newKieSession();
    try {
      session.setGlobal("route", new Route());
      RulesForTests.territories("West").territories().forEach(session::insert);
      Lead lead =
          RulesForTests.lead(
              LeadField.COUNTRY, "US", LeadField.CITY, "Rome", LeadField.EMPLOYEES, 5);
      facts.of(lead, RulesForTests.NOON).forEach(session::insert);
      session.fireAllRules(100);
    } catch (RuntimeException | Error e) {
      // It threw, which is no harm; what it did before is looked at.
    } finally {
      session.dispose();
    }
  }

  private void assertNothingReached(String name) {
    assertNull(System.getProperty(Attacks.PROPERTY), name);
    assertFalse(Files.exists(Attacks.FILE), name);
    assertEquals(children, ProcessHandle.current().children().count(), name);
  }
}
