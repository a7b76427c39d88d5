package io.bailiwick.drools.guard;

import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.drools.text.Nearest;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Span;
import io.bailiwick.lead.Nullable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The variables of one rule: what each is bound to. */
final class Scope {

  /**
   * @param fact the fact whose field it is, or which it is itself
   * @param field null where the variable is the fact itself
   * @param present whether it is known never to be absent
   */
  record Bound(Fact fact, @Nullable Field field, boolean present) {}

  private final Map<String, Bound> variables = new LinkedHashMap<>();

  void bind(Tokens.Token variable, Bound bound) {
    bind(variable.text(), variable.at(), bound);
  }

  void bind(String variable, Span at, Bound bound) {
    if (variables.putIfAbsent(variable, bound) != null) {
      throw new Refusal(at, variable + " is bound already; choose another name");
    }
  }

  /** What it is bound to, or refuses with a guess at what was meant. */
  Bound bound(Tokens.Token variable) {
    Bound bound = variables.get(variable.text());
    if (bound == null) {
      throw new Refusal(
          variable.at(),
          "%s is not bound".formatted(variable.text())
              + Nearest.hint(variable.text(), Set.copyOf(variables.keySet())));
    }
    return bound;
  }

  @Nullable
  Bound find(String variable) {
    return variables.get(variable);
  }
}
