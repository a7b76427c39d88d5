package io.bailiwick.drools.guard;

import io.bailiwick.drools.rule.Condition;
import io.bailiwick.drools.rule.Condition.All;
import io.bailiwick.drools.rule.Condition.Any;
import io.bailiwick.drools.rule.Condition.Op;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.DrlPrinter;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.drools.text.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps absent values from matching by accident. Drools says yes to {@code region != "CA"} where
 * there is no region, and fails at {@code region str[startsWith] "C"}; so such a test is refused
 * unless what stands to its left makes sure the value is there.
 */
final class AbsenceCheck {

  /** Fields known to be present where a condition holds, and where it does not. */
  private record Known(Set<Field> ifTrue, Set<Field> ifFalse) {}

  private AbsenceCheck() {}

  /** Checks a pattern's constraints in their order; answers what is present where all hold. */
  static Set<Field> check(List<Condition> constraints) {
    Set<Field> present = new HashSet<>();
    for (Condition constraint : constraints) {
      boolean alone = constraint instanceof Test;
      present.addAll(check(constraint, present, alone).ifTrue());
    }
    return present;
  }

  private static Known check(Condition condition, Set<Field> present, boolean alone) {
    if (condition instanceof All all) {
      return chain(all.parts(), present, true);
    }
    if (condition instanceof Any any) {
      return chain(any.parts(), present, false);
    }
    return test((Test) condition, present, alone);
  }

  /** Each part of {@code &&} is asked only where those before it hold; of {@code ||} where not. */
  private static Known chain(List<Condition> parts, Set<Field> present, boolean and) {
    Set<Field> before = new HashSet<>(present);
    Set<Field> every = new HashSet<>();
    Set<Field> common = null;
    for (Condition part : parts) {
      Known known = check(part, before, false);
      before.addAll(and ? known.ifTrue() : known.ifFalse());
      every.addAll(and ? known.ifTrue() : known.ifFalse());
      Set<Field> other = and ? known.ifFalse() : known.ifTrue();
      if (common == null) {
        common = new HashSet<>(other);
      } else {
        common.retainAll(other);
      }
    }
    Set<Field> shared = common == null ? Set.of() : common;
    return and ? new Known(every, shared) : new Known(shared, every);
  }

  private static Known test(Test test, Set<Field> present, boolean alone) {
    Field field = test.field();
    if (test.asksPresence()) {
      Set<Field> here = Set.of(field);
      return test.op() == Op.IS ? new Known(Set.of(), here) : new Known(here, Set.of());
    }
    if (field.mayBeAbsent() && risky(test) && !present.contains(field)) {
      throw new Refusal(test.at(), message(test, alone));
    }
    // What is left matches present values only.
    boolean opposite = test.op() == Op.IS_NOT || test.op() == Op.NOT_IN;
    Set<Field> here = Set.of(field);
    return opposite ? new Known(Set.of(), here) : new Known(here, Set.of());
  }

  private static boolean risky(Test test) {
    Op op = test.op();
    return test.negated() || op.isStr() || op.word().startsWith("not") || op == Op.IS_NOT;
  }

  private static String message(Test test, boolean alone) {
    String name = test.field().name();
    Op told = test.negated() ? test.op().opposite() : test.op();
    String trouble = trouble(test, told);
    String right = DrlPrinter.test(test);
    String line = alone ? name + " != null, " + right : "(" + name + " != null && " + right + ")";
    return "%s may be absent, and then %s; write %s".formatted(name, trouble, line);
  }

  private static String trouble(Test test, Op told) {
    if (test.negated()) {
      return "!( ) is true";
    }
    if (told.isStr()) {
      return told.word() + " fails";
    }
    return told == Op.NOT_MATCHES ? "not matches says nothing" : told.word() + " is true";
  }
}
