package io.bailiwick.drools.probe;

import io.bailiwick.drools.facts.LookupTable;
import io.bailiwick.drools.facts.Schema;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.CheckedRule.Action;
import io.bailiwick.drools.rule.CheckedRule.Element;
import io.bailiwick.drools.rule.Condition;
import io.bailiwick.drools.rule.Condition.Test;
import io.bailiwick.drools.rule.Condition.Value;
import io.bailiwick.drools.rule.ConditionText;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.lead.Hunk;
import io.bailiwick.lead.Hunk.Kind;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds what differs between two rulebooks, and makes the newer one with a difference undone. */
public final class Hunks {

  /** The rules and tables of one rulebook. */
  public record Side(List<CheckedRule> rules, Schema schema) {}

  private final Side base;
  private final Side candidate;
  private final List<Hunk> hunks = new ArrayList<>();

  private Hunks(Side base, Side candidate) {
    this.base = base;
    this.candidate = candidate;
  }

  /** The differences, rules first, in the order of the newer rulebook. */
  public static List<Hunk> of(Side base, Side candidate) {
    var found = new Hunks(base, candidate);
    found.rules();
    found.tables();
    found.settings();
    return List.copyOf(found.hunks);
  }

  /** The newer rules with one difference undone. */
  public static List<CheckedRule> without(Hunk hunk, Side base, Side candidate) {
    List<CheckedRule> rules = new ArrayList<>(candidate.rules());
    if (hunk.rule() == null) {
      return rules;
    }
    CheckedRule before = byName(base.rules()).get(hunk.rule());
    rules.removeIf(rule -> rule.name().equals(hunk.rule()));
    if (before != null) {
      rules.add(before);
    }
    return rules;
  }

  /** The newer tables with one difference undone. */
  public static List<LookupTable> tablesWithout(Hunk hunk, Side base, Side candidate) {
    List<LookupTable> tables = new ArrayList<>(candidate.schema().tables());
    if (hunk.kind() == Kind.TABLE) {
      tables.removeIf(table -> table.file().equals(hunk.file()));
      base.schema().tables().stream()
          .filter(table -> table.file().equals(hunk.file()))
          .forEach(tables::add);
    }
    return tables;
  }

  private void rules() {
    Map<String, CheckedRule> before = byName(base.rules());
    Map<String, CheckedRule> after = byName(candidate.rules());
    after.forEach(
        (name, rule) -> {
          CheckedRule old = before.get(name);
          if (old == null) {
            add(Kind.RULE_ADDED, Place.of(rule), "", String.join(", ", lines(rule)));
          } else {
            changed(old, rule);
          }
        });
    before.forEach(
        (name, rule) -> {
          if (!after.containsKey(name)) {
            add(Kind.RULE_REMOVED, Place.of(rule), String.join(", ", lines(rule)), "");
          }
        });
  }

  private void changed(CheckedRule old, CheckedRule rule) {
    List<String> gone = new ArrayList<>(lines(old));
    List<String> come = new ArrayList<>(lines(rule));
    List<String> same = new ArrayList<>(gone);
    same.retainAll(come);
    gone.removeAll(same);
    come.removeAll(same);
    String members = members(old, rule, gone, come);
    if (members != null) {
      add(Kind.RULE_CHANGED, Place.of(rule), gone.get(0).replaceFirst(" in .*", ""), members);
    } else if (!gone.isEmpty() || !come.isEmpty()) {
      add(Kind.RULE_CHANGED, Place.of(rule), told(gone), told(come));
    }
  }

  /** {@code lost "PR"}, where all that changed is one list of values; else null. */
  private static @Nullable String members(
      CheckedRule old, CheckedRule rule, List<String> gone, List<String> come) {
    Test before = gone.size() == 1 ? list(old, gone.get(0)) : null;
    Test after = come.size() == 1 ? list(rule, come.get(0)) : null;
    if (before == null
        || after == null
        || !before.field().name().equals(after.field().name())
        || before.op() != after.op()) {
      return null;
    }
    List<Value> lost = new ArrayList<>(before.values());
    lost.removeAll(after.values());
    List<Value> won = new ArrayList<>(after.values());
    won.removeAll(before.values());
    String told = lost.isEmpty() ? "" : "lost " + values(before, lost);
    return told
        + (won.isEmpty() ? "" : (told.isEmpty() ? "" : ", ") + "gained " + values(after, won));
  }

  private static String values(Test test, List<Value> values) {
    String text =
        ConditionText.of(new Test(test.field(), test.op(), values, test.negated(), test.at()));
    return text.substring(text.indexOf('(') + 1, text.lastIndexOf(')'));
  }

  private static @Nullable Test list(CheckedRule rule, String text) {
    return rule.patterns().stream()
        .flatMap(pattern -> pattern.constraints().stream())
        .filter(
            c -> c instanceof Test test && test.op().isList() && ConditionText.of(c).equals(text))
        .map(Test.class::cast)
        .findFirst()
        .orElse(null);
  }

  private static String told(List<String> lines) {
    return lines.isEmpty() ? "nothing" : String.join(", ", lines);
  }

  private void tables() {
    Map<String, LookupTable> before = byFile(base.schema().tables());
    Map<String, LookupTable> after = byFile(candidate.schema().tables());
    after.forEach(
        (file, table) -> {
          LookupTable old = before.get(file);
          if (old == null || !same(old, table)) {
            String was = old == null ? "no table" : old.rows().size() + " rows";
            int line = old == null ? 1 : firstDifference(old, table);
            add(Kind.TABLE, new Place(file, line, null), was, table.rows().size() + " rows");
          }
        });
    before.forEach(
        (file, table) -> {
          if (!after.containsKey(file)) {
            add(Kind.TABLE, new Place(file, 1, null), table.rows().size() + " rows", "no table");
          }
        });
  }

  private void settings() {
    if (!base.schema().declared().equals(candidate.schema().declared())
        && !names(base).equals(names(candidate))) {
      add(Kind.SETTING, new Place("fields.yaml", 1, null), names(base), names(candidate));
    }
    boolean had = base.schema().hours() != null;
    boolean has = candidate.schema().hours() != null;
    if (had != has || (has && !hours(base).equals(hours(candidate)))) {
      var place = new Place("hours.yaml", 1, null);
      add(Kind.SETTING, place, had ? hours(base) : "none", has ? hours(candidate) : "none");
    }
    if (!limits(base).equals(limits(candidate))) {
      add(Kind.SETTING, new Place("waiting.yaml", 1, null), limits(base), limits(candidate));
    }
  }

  private static String limits(Side side) {
    return side.schema().limits().isEmpty() ? "none" : side.schema().limits().toString();
  }

  private static String names(Side side) {
    return side.schema().declared().stream()
        .map(f -> f.name() + ": " + f.kind())
        .toList()
        .toString();
  }

  private static String hours(Side side) {
    return String.valueOf(side.schema().hours());
  }

  private static boolean same(LookupTable one, LookupTable other) {
    return one.fact().fieldNames().equals(other.fact().fieldNames())
        && one.rows().size() == other.rows().size()
        && firstDifference(one, other) == 1;
  }

  /** The line of the first row that differs; 1 where none does. */
  private static int firstDifference(LookupTable old, LookupTable table) {
    for (int i = 0; i < table.rows().size(); i++) {
      if (i >= old.rows().size()
          || !Arrays.equals(old.rows().get(i).values(), table.rows().get(i).values())) {
        return table.rows().get(i).line();
      }
    }
    return 1;
  }

  /** What a rule asks and says, a line each. */
  private static List<String> lines(CheckedRule rule) {
    List<String> lines = new ArrayList<>();
    lines.add("salience " + rule.salience());
    if (rule.from() != null) {
      lines.add("date-effective " + rule.from());
    }
    if (rule.until() != null) {
      lines.add("date-expires " + rule.until());
    }
    for (Element element : rule.elements()) {
      boolean lead =
          element instanceof Element.Matches matches && matches.pattern().fact().is(Fact.Kind.LEAD);
      if (lead) {
        for (Condition condition : ((Element.Matches) element).pattern().constraints()) {
          lines.add(ConditionText.of(condition));
        }
      } else {
        lines.add(ConditionText.of(element));
      }
    }
    lines.add(says(rule.action()));
    return lines;
  }

  private static String says(Action action) {
    return action instanceof Action.Queue queue
        ? "queue " + queue.reason() + " " + queue.blocker()
        : "route";
  }

  private record Place(String file, int line, @Nullable String rule) {

    static Place of(CheckedRule rule) {
      return new Place(rule.file(), rule.line(), rule.name());
    }
  }

  private void add(Kind kind, Place at, String before, String after) {
    hunks.add(new Hunk(hunks.size(), kind, at.file, at.line, at.rule, before, after));
  }

  private static Map<String, CheckedRule> byName(List<CheckedRule> rules) {
    Map<String, CheckedRule> byName = new LinkedHashMap<>();
    rules.forEach(rule -> byName.put(rule.name(), rule));
    return byName;
  }

  private static Map<String, LookupTable> byFile(List<LookupTable> tables) {
    Map<String, LookupTable> byFile = new LinkedHashMap<>();
    tables.forEach(table -> byFile.put(table.file(), table));
    return byFile;
  }
}
