package io.bailiwick.drools.guard;

import io.bailiwick.drools.guard.Scope.Bound;
import io.bailiwick.drools.rule.Condition;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.Condition.Value;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.drools.text.Refusal;

/**
 * Checks comparisons with variables: they join a fact with the lead, or with another fact of it.
 */
final class JoinCheck {

  private final Fact fact;
  private final Scope scope;

  JoinCheck(Fact fact, Scope scope) {
    this.fact = fact;
    this.scope = scope;
  }

  void check(Condition condition) {
    if (condition instanceof Condition.All all) {
      all.parts().forEach(part -> check(part));
    } else if (condition instanceof Condition.Any any) {
      any.parts().forEach(part -> check(part));
    } else if (condition instanceof Test test
        && test.values().get(0) instanceof Value.Variable variable) {
      checkJoin(test, variable);
    }
  }

  private void checkJoin(Test test, Value.Variable variable) {
    Bound bound = scope.find(variable.name());
    Field field = bound == null ? null : bound.field();
    if (bound == null || field == null) {
      throw new Refusal(
          test.at(), variable.name() + " is not bound to a field in a fact before this one");
    }
    if (fact.is(Fact.Kind.LEAD) || test.negated()) {
      throw new Refusal(
          test.at(),
          "a variable can be compared with == in Territory( … ), Placement( … ) or a lookup table"
              + " only");
    }
    if (field.kind() != test.field().kind()) {
      throw new Refusal(
          test.at(),
          "%s and %s are of different kinds".formatted(test.field().name(), field.name()));
    }
    if (!bound.present()) {
      throw new Refusal(
          test.at(),
          "%s may be absent, and absent equals absent; write %s : %s, %s != null in %s( … )"
              .formatted(
                  field.name(), variable.name(), field.name(), field.name(), bound.fact().word()));
    }
  }
}
