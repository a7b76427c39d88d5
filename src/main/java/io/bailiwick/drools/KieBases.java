package io.bailiwick.drools;

import java.util.Map;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.internal.builder.conf.ParallelLambdaExternalizationOption;
import org.kie.internal.builder.conf.ParallelRulesBuildThresholdOption;
import org.kie.internal.utils.KieHelper;

/**
 * Compiles DRL to a base in the executable model. Without a kmodule and always under Drools'
 * default release id: with ids of their own, old bases would never leave memory.
 */
final class KieBases {

  static {
    // Drools would compile on every core there is, and leads would wait for one. A candidate takes
    // one at most; measured, it takes no longer.
    one(ParallelRulesBuildThresholdOption.PROPERTY_NAME, "-1");
    one(ParallelLambdaExternalizationOption.PROPERTY_NAME, "false");
  }

  /** The engine refused the text; that is our trouble, since the guard let it pass. */
  static final class NotCompiled extends Exception {

    private static final long serialVersionUID = 1L;

    NotCompiled(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private static final String PATH = "rules/rules.drl";

  private KieBases() {}

  /** What an operator set stands. */
  private static void one(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** {@code loader} sees what rules may see, and no more. */
  static KieBase build(String drl, ClassLoader loader) throws NotCompiled {
    return build(Map.of(PATH, drl), loader);
  }

  /**
   * Several texts by path; one build at a time. Of two at once one may come out with a rule that
   * matches nothing, and nobody is told (seen: some three times in a thousand).
   */
  static synchronized KieBase build(Map<String, String> texts, ClassLoader loader)
      throws NotCompiled {
    try {
      var helper = new KieHelper().setClassLoader(loader);
      texts.forEach((path, text) -> helper.addContent(text, path));
      return helper.build(ExecutableModelProject.class);
    } catch (RuntimeException | StackOverflowError e) {
      throw new NotCompiled(String.valueOf(e.getMessage()), e);
    }
  }
}
