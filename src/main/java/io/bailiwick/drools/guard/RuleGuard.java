package io.bailiwick.drools.guard;

import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.CheckedRule.Action;
import io.bailiwick.drools.rule.CheckedRule.Element;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Vocabulary;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Source;
import io.bailiwick.drools.text.Span;
import io.bailiwick.lead.Nullable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AttributeDescr;
import org.drools.drl.ast.descr.RuleDescr;

/** Checks one rule: its attributes, what it matches and what it says. */
final class RuleGuard {

  private static final int MAX_NAME = 120;
  private static final int MAX_LOOKUPS = 3;
  private static final int MAX_SALIENCE = 1_000_000;
  private static final Pattern SALIENCE = Pattern.compile("-?[0-9]{1,7}");
  private static final Set<String> ATTRIBUTES =
      Set.of("salience", "date-effective", "date-expires");

  private final Source source;
  private final RuleDescr rule;
  private final Vocabulary vocabulary;

  RuleGuard(Source source, RuleDescr rule, Vocabulary vocabulary) {
    this.source = source;
    this.vocabulary = vocabulary;
    this.rule = rule;
  }

  /** The rule as a value, or {@link Refusal} at its first flaw. */
  CheckedRule check() {
    checkHead();
    checkAttributes();
    var patterns = new PatternGuard(source, vocabulary);
    List<Element> elements = patterns.elements(rule.getLhs());
    checkShape(elements);
    Action action = new ActionReader(source, consequence()).read(patterns.scope());
    checkAction(elements, action);
    return new CheckedRule(
        rule.getName(),
        source.file(),
        rule.getLine(),
        salience(),
        instant("date-effective"),
        instant("date-expires"),
        elements,
        action,
        patterns.namedTerritories());
  }

  /** The place of a whole line, without its indent. */
  static Span lineOf(Source source, int line) {
    int start = source.offset(Math.max(1, line));
    String text = source.text();
    while (start < text.length() && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
      start++;
    }
    int newline = text.indexOf('\n', start);
    int end = newline < 0 ? text.length() : newline;
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return new Span(start, end);
  }

  /** The place of {@code rule "name"}. */
  static Span headOf(Source source, RuleDescr rule) {
    Span line = lineOf(source, rule.getLine());
    int name = source.text().indexOf(rule.getName(), line.start());
    if (name < 0 || name >= line.end()) {
      return line;
    }
    int end = name + rule.getName().length();
    boolean quoted = end < line.end() && source.text().charAt(end) == '"';
    return new Span(line.start(), quoted ? end + 1 : end);
  }

  /** Its name, cut where it is too long to be told. */
  static String shortName(RuleDescr rule) {
    String name = rule.getName();
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
  }

  private void checkHead() {
    if (rule.isQuery()) {
      throw atHead("queries are not allowed; write a rule");
    }
    if (rule.hasParent()) {
      throw atHead("a rule cannot extend another; write its conditions out");
    }
    if (!rule.getAnnotations().isEmpty()) {
      throw atHead("annotations are not allowed; write a comment");
    }
    if (rule.getName().isBlank() || rule.getName().length() > MAX_NAME) {
      throw atHead("a rule's name has 1 to " + MAX_NAME + " characters");
    }
    if (!rule.getNamedConsequences().isEmpty()) {
      throw atHead("a rule has one \"then\"; write a second rule");
    }
  }

  private void checkAttributes() {
    for (AttributeDescr attribute : rule.getAttributes().values()) {
      if (!ATTRIBUTES.contains(attribute.getName())) {
        throw new Refusal(
            place(attribute),
            "%s is not allowed; there are salience, date-effective and date-expires"
                .formatted(attribute.getName()));
      }
    }
  }

  private int salience() {
    AttributeDescr attribute = rule.getAttributes().get("salience");
    if (attribute == null) {
      return 0;
    }
    String value = attribute.getValue().strip();
    if (!SALIENCE.matcher(value).matches() || Math.abs(Integer.parseInt(value)) > MAX_SALIENCE) {
      throw new Refusal(
          place(attribute),
          "salience is a whole number from -1000000 to 1000000, written as such: salience 80");
    }
    return Integer.parseInt(value);
  }

  private @Nullable Instant instant(String name) {
    AttributeDescr attribute = rule.getAttributes().get(name);
    if (attribute == null) {
      return null;
    }
    String value = attribute.getValue().strip();
    try {
      // A sign would begin a year of more than four digits, which no calendar here reaches.
      if (Character.isDigit(value.charAt(0))) {
        return value.length() == 10
            ? LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC)
            : Instant.parse(value);
      }
    } catch (DateTimeException | StringIndexOutOfBoundsException e) {
      // Told below, with what to write.
    }
    throw new Refusal(
        place(attribute),
        "write %s \"2026-03-01\" (midnight UTC) or \"2026-03-01T08:00:00Z\"".formatted(name));
  }

  private void checkShape(List<Element> elements) {
    String tooLarge = SizeCheck.of(elements);
    if (tooLarge != null) {
      throw atHead(tooLarge);
    }
    long leads = count(elements, Fact.Kind.LEAD);
    long rows = count(elements, Fact.Kind.LOOKUP);
    long placements = count(elements, Fact.Kind.PLACEMENT);
    long territories = count(elements, Fact.Kind.TERRITORY);
    if (leads + rows + placements == 0) {
      throw atHead("a rule asks for a Lead( … ), or for a Placement( … ) to judge readiness");
    }
    if (leads > 1 || placements > 1) {
      throw atHead(
          "there is one lead at a time; write one Lead( … ) with all conditions, separated by"
              + " commas, or (Lead( … ) or Lead( … ))");
    }
    if (rows > MAX_LOOKUPS) {
      throw atHead("a rule asks at most " + MAX_LOOKUPS + " lookup tables; write two rules");
    }
    if (territories > 1) {
      throw atHead("a rule matches one Territory( … ); write a rule for each territory");
    }
    if (placements > 0 && territories > 0) {
      throw atHead("a readiness rule asks the Placement( … ); leave the Territory( … ) out");
    }
  }

  private static long count(List<Element> elements, Fact.Kind kind) {
    return elements.stream()
        .filter(e -> !(e instanceof Element.NoneMatches) && !(e instanceof Element.SomeMatches))
        .filter(e -> CheckedRule.fact(e).is(kind))
        .count();
  }

  private void checkAction(List<Element> elements, Action action) {
    boolean readiness = count(elements, Fact.Kind.PLACEMENT) > 0;
    if (readiness && action instanceof Action.To) {
      throw atHead("a readiness rule can only queue; the territory is chosen already");
    }
    if (!readiness && action instanceof Action.Queue queue && !queue.reason().equals("by_rule")) {
      throw atHead(
          "a rule without Placement( … ) queues by_rule only; write route.queue(\"%s\");"
              .formatted(queue.blocker()));
    }
  }

  /** What stands between {@code then} and {@code end}. */
  private Span consequence() {
    String text = source.text();
    int from = source.offset(rule.getConsequenceLine());
    String body = String.valueOf(rule.getConsequence());
    Matcher then = Pattern.compile("\\bthen\\b").matcher(text);
    // Several words "then" may stand on one line; the right one is followed by the parsed text.
    for (boolean found = then.find(from); found; found = then.find()) {
      int start = skipBlanks(text, then.end());
      if (text.startsWith(body.strip(), start)) {
        return new Span(then.end(), start + body.strip().length());
      }
    }
    throw atHead("this rule's \"then\" cannot be read; put it on a line of its own");
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private Span place(AttributeDescr attribute) {
    return lineOf(source, attribute.getLine());
  }

  private Refusal atHead(String message) {
    return new Refusal(headOf(source, rule), message);
  }
}
