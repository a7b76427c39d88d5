package io.bailiwick.drools;

import java.util.Map;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.internal.utils.KieHelper;

/**
 * Compiles DRL to a base in the executable model. Without a kmodule and always under Drools'
 * default release id: with ids of their own, old bases would never leave memory.
 */
final class KieBases {

  /** The engine refused the text; that is our trouble, since the guard let it pass. */
  static final class NotCompiled extends Exception {

    private static final long serialVersionUID = 1L;

    NotCompiled(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private static final String PATH = "rules/rules.drl";

  private KieBases() {}

  /** {@code loader} sees what rules may see, and no more. */
  static KieBase build(String drl, ClassLoader loader) throws NotCompiled {
    return build(Map.of(PATH, drl), loader);
  }

  /** Several texts by path. */
  static KieBase build(Map<String, String> texts, ClassLoader loader) throws NotCompiled {
    try {
      var helper = new KieHelper().setClassLoader(loader);
      texts.forEach((path, text) -> helper.addContent(text, path));
      return helper.build(ExecutableModelProject.class);
    } catch (RuntimeException | StackOverflowError e) {
      throw new NotCompiled(String.valueOf(e.getMessage()), e);
    }
  }
}
