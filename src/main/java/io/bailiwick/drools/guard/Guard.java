package io.bailiwick.drools.guard;

import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.Vocabulary;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Source;
import io.bailiwick.drools.text.Span;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleFlaw;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;

/**
 * Reads rule files as the positive subset of DRL that analysts write: what is not known to be
 * harmless is refused with its place and what to write instead. One flaw a rule, the first.
 */
public final class Guard {

  private static final Set<String> IMPORTS =
      Set.of(
          "io.bailiwick.lead.Lead",
          "io.bailiwick.lead.Territory",
          "io.bailiwick.lead.Placement",
          "io.bailiwick.lead.Flag");

  private static final String DECLARE =
      "declare is not allowed; a field of leads is declared in fields.yaml";

  private static final Pattern RULE_NAME =
      Pattern.compile("^[ \\t]*rule[ \\t]+(?:\"([^\"\\n]*)\"|([A-Za-z0-9_]+))", Pattern.MULTILINE);

  private final List<RuleFlaw> flaws = new ArrayList<>();
  private final List<CheckedRule> rules = new ArrayList<>();
  private final Map<String, CheckedRule> byName = new HashMap<>();

  private final Vocabulary vocabulary;

  /** Reads rules that speak of these facts. */
  public Guard(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** What is wrong so far, in the order of the files. */
  public List<RuleFlaw> flaws() {
    return List.copyOf(flaws);
  }

  /** The rules without flaws, in the order of the files. */
  public List<CheckedRule> rules() {
    return List.copyOf(rules);
  }

  /** Reads one file; names of rules are unique over all files. */
  public void read(String file, String text) {
    var source = new Source(file, text);
    boolean clean =
        Scan.passes(
            source.text(),
            (at, message) -> flaws.add(source.flaw(at, ruleAt(source, at.start()), message)));
    PackageDescr parsed = clean ? parse(source) : null;
    if (parsed == null) {
      return;
    }
    int before = flaws.size();
    checkPackage(source, parsed);
    if (flaws.size() == before) {
      parsed.getRules().forEach(rule -> read(source, rule));
    }
  }

  /** Reads the rules of a sheet, a line a row; the flaws are given back, for cells to be told. */
  public List<RuleFlaw> readRows(String sheet, String text) {
    int before = flaws.size();
    read(sheet, text);
    List<RuleFlaw> found = List.copyOf(flaws.subList(before, flaws.size()));
    flaws.subList(before, flaws.size()).clear();
    return found;
  }

  private void read(Source source, RuleDescr rule) {
    try {
      CheckedRule checked = new RuleGuard(source, rule, vocabulary).check();
      CheckedRule twin = byName.putIfAbsent(checked.name(), checked);
      if (twin != null) {
        throw new Refusal(
            RuleGuard.headOf(source, rule),
            "there is a rule of this name already, at %s:%d; choose another"
                .formatted(twin.file(), twin.line()));
      }
      rules.add(checked);
    } catch (Refusal refusal) {
      flaws.add(source.flaw(refusal.at(), RuleGuard.shortName(rule), refusal.told()));
    }
  }

  private @Nullable PackageDescr parse(Source source) {
    BoundedParser.Parsed parsed;
    try {
      parsed = BoundedParser.parse(source.text());
    } catch (RuntimeException e) {
      parsed = new BoundedParser.Parsed(null, new BoundedParser.At(1, 0), -1);
    }
    if (parsed.lostAt() >= 0) {
      Span place = word(source.text(), parsed.lostAt());
      tell(source, place, "this cannot be read; write fewer brackets, a comma between conditions");
    } else if (parsed.error() != null) {
      tellSyntax(source, parsed.error());
    } else if (parsed.tree() == null) {
      tell(source, new Span(0, 1), "this is not a rule file");
    }
    return parsed.tree();
  }

  /** Only the first error of a file; the parser's others are its echoes. */
  private void tellSyntax(Source source, BoundedParser.At first) {
    int start = source.offset(Math.max(1, first.line())) + Math.max(0, first.column());
    int at = Math.min(start, Math.max(0, source.text().length() - 1));
    Span place = word(source.text(), at);
    tell(source, place, SyntaxHint.of(source.text(), place));
  }

  private void tell(Source source, Span place, String message) {
    flaws.add(source.flaw(place, ruleAt(source, place.start()), message));
  }

  /** The word or single sign at an offset. */
  private static Span word(String text, int at) {
    int end = at;
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    return new Span(at, Math.max(end, at + 1));
  }

  private static @Nullable String ruleAt(Source source, int offset) {
    Matcher name = RULE_NAME.matcher(source.text());
    String last = null;
    while (name.find() && name.start() <= offset) {
      last = name.group(1) == null ? name.group(2) : name.group(1);
    }
    return last;
  }

  private void checkPackage(Source source, PackageDescr parsed) {
    String name = parsed.getName();
    if (name != null && !name.isEmpty() && !name.equals("rules")) {
      refuse(source, parsed, "the package of a rule file is rules; leave the line out");
    }
    parsed.getImports().stream()
        .filter(i -> !IMPORTS.contains(i.getTarget()))
        .forEach(i -> refuse(source, i, "nothing can be imported; leave the line out"));
    parsed.getGlobals().stream()
        .filter(g -> !g.getType().equals("io.bailiwick.drools.Route"))
        .forEach(g -> refuse(source, g, "globals are not allowed; route is there without one"));
    parsed.getAttributes().stream()
        .forEach(
            a ->
                refuse(
                    source,
                    a,
                    a.getName() + " is not allowed outside a rule; write it under a rule's name"));
    parsed
        .getFunctionImports()
        .forEach(f -> refuse(source, f, "nothing can be imported; leave the line out"));
    parsed
        .getAccumulateImports()
        .forEach(f -> refuse(source, f, "nothing can be imported; leave the line out"));
    parsed
        .getFunctions()
        .forEach(f -> refuse(source, f, "functions are not allowed; compare fields in Lead( … )"));
    parsed.getClassAndEnumDeclarationDescrs().forEach(d -> refuse(source, d, DECLARE));
    parsed.getEntryPointDeclarations().forEach(d -> refuse(source, d, DECLARE));
    parsed.getWindowDeclarations().forEach(d -> refuse(source, d, DECLARE));
    if (parsed.getUnit() != null) {
      refuse(source, parsed.getUnit(), "units are not allowed; leave the line out");
    }
  }

  private void refuse(Source source, BaseDescr part, String message) {
    flaws.add(source.flaw(RuleGuard.lineOf(source, part.getLine()), null, message));
  }
}
