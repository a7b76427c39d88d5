package io.bailiwick.drools.guard;

import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Source;
import io.bailiwick.drools.text.Span;
import io.bailiwick.lead.RuleFlaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsParserException;
import org.kie.internal.builder.conf.LanguageLevelOption;

/**
 * Rule files of a team that reviews its rules as code ({@code rules.trust: full}): they are
 * compiled as they stand, with the facts and {@code route} made known to them. Only what the judge
 * itself needs is read: names, places and written saliences.
 */
public final class TrustedRules {

  private static final String PACKAGE = "rules";
  private static final String HEAD =
      "import io.bailiwick.lead.Flag; import io.bailiwick.lead.Placement;"
          + " import io.bailiwick.lead.Territory; global io.bailiwick.drools.Route route; ";
  private static final Pattern PACKAGE_LINE = Pattern.compile("(?m)^[ \\t]*package[^;\\n]*;?");
  private static final Pattern NAMED =
      Pattern.compile("Territory\\s*\\([^)]*?\\bname\\s*==\\s*\"([^\"]+)\"");
  private static final Pattern SALIENCE = Pattern.compile("-?[0-9]{1,7}");

  private final Map<String, String> texts = new TreeMap<>();
  private final List<CheckedRule> rules = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<RuleFlaw> flaws = new ArrayList<>();

  /** What is wrong so far. */
  public List<RuleFlaw> flaws() {
    return List.copyOf(flaws);
  }

  /** The rules, in the order of the files; their conditions are not known. */
  public List<CheckedRule> rules() {
    return List.copyOf(rules);
  }

  /** What Drools calls each rule: its package, a dot and its name; in the order of the rules. */
  public List<String> names() {
    return List.copyOf(names);
  }

  /** The texts to be compiled, by path; their lines are those of the files. */
  public Map<String, String> texts() {
    return texts;
  }

  /** Reads one file. */
  public void read(String file, String text) {
    var source = new Source(file, text);
    try {
      var parser = new DrlParser(LanguageLevelOption.DRL6);
      PackageDescr parsed = parser.parse(false, source.text());
      if (parser.hasErrors() || parsed == null) {
        String told = parser.getErrors().isEmpty() ? "?" : parser.getErrors().get(0).getMessage();
        flaws.add(source.flaw(new Span(0, 1), null, "this is not DRL: " + told));
        return;
      }
      take(source, parsed);
    } catch (DroolsParserException e) {
      flaws.add(source.flaw(new Span(0, 1), null, "this is not DRL: " + e.getMessage()));
    }
  }

  private void take(Source source, PackageDescr parsed) {
    boolean named = parsed.getName() != null && !parsed.getName().isEmpty();
    String imports = named ? " import " + PACKAGE + ".*; " + HEAD : "";
    Matcher line = PACKAGE_LINE.matcher(source.text());
    String text =
        named && line.find()
            ? source.text().substring(0, line.end())
                + (line.group().endsWith(";") ? "" : ";")
                + imports
                + source.text().substring(line.end())
            : "package " + PACKAGE + "; " + HEAD + source.text();
    texts.put(source.file(), text);
    for (RuleDescr rule : parsed.getRules()) {
      try {
        rules.add(rule(source, rule));
        names.add((named ? parsed.getName() : PACKAGE) + "." + rule.getName());
      } catch (Refusal refusal) {
        flaws.add(source.flaw(refusal.at(), rule.getName(), refusal.told()));
      }
    }
  }

  private static CheckedRule rule(Source source, RuleDescr rule) {
    int start = source.offset(rule.getLine());
    int end = source.offset(Math.max(rule.getLine(), rule.getEndLine()) + 1);
    List<String> territories = new ArrayList<>();
    NAMED
        .matcher(source.text().substring(start, Math.max(start, end)))
        .results()
        .forEach(found -> territories.add(found.group(1)));
    return new CheckedRule(
        rule.getName(),
        source.file(),
        rule.getLine(),
        salience(source, rule),
        null,
        null,
        List.of(),
        new CheckedRule.Action.Code(),
        territories);
  }

  /** The judge weighs rules by it, so it must be written even here. */
  private static int salience(Source source, RuleDescr rule) {
    AttributeDescr attribute = rule.getAttributes().get("salience");
    if (attribute == null) {
      return 0;
    }
    String value = attribute.getValue().strip();
    if (!SALIENCE.matcher(value).matches()) {
      throw new Refusal(
          RuleGuard.lineOf(source, attribute.getLine()),
          "salience is a written number even with rules.trust: full; the judge weighs by it");
    }
    return Integer.parseInt(value);
  }
}
