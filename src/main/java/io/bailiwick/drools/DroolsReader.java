package io.bailiwick.drools;

import io.bailiwick.drools.facts.Schema;
import io.bailiwick.drools.guard.Guard;
import io.bailiwick.drools.guard.TrustedRules;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.sheet.DecisionTables;
import io.bailiwick.drools.sheet.SheetGrids;
import io.bailiwick.flow.RuleReader;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import io.bailiwick.lead.RuleReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads rules by the guard alone; what it lets pass the engine takes. */
public final class DroolsReader implements RuleReader {

  private final boolean trusted;

  /** {@code trusted}: whether rules are compiled as they stand, and only the engine knows more. */
  public DroolsReader(boolean trusted) {
    this.trusted = trusted;
  }

  @Override
  public RuleReading read(RuleFiles files) {
    Schema schema = Schema.read(files);
    List<RuleReading.Fact> facts = schema.vocabulary().facts().stream().map(this::fact).toList();
    List<RuleReading.Grid> grids = SheetGrids.of(files);
    if (!schema.flaws().isEmpty()) {
      return new RuleReading(schema.flaws(), facts, grids);
    }
    Map<String, String> rules = RulebookCompiler.rules(files);
    if (trusted) {
      var reading = new TrustedRules();
      rules.forEach(reading::read);
      return new RuleReading(reading.flaws(), facts, grids);
    }
    var guard = new Guard(schema.vocabulary());
    rules.forEach(guard::read);
    var tables = new DecisionTables(guard, schema.vocabulary());
    tables.read(files);
    List<RuleFlaw> flaws = new ArrayList<>(guard.flaws());
    flaws.addAll(tables.flaws());
    return new RuleReading(flaws, facts, grids);
  }

  /**
   * The attributes that these files declare as fields, as {@link
   * io.bailiwick.flow.Rulebook#declaredAttributes} of a rulebook made of them; empty where they
   * cannot be read.
   */
  public static Optional<Set<String>> declaredAttributes(RuleFiles files) {
    Map<String, String> settings = new HashMap<>(files.texts());
    // Lookup tables can be large, and declare nothing that a lead has.
    settings.keySet().removeIf(path -> !path.endsWith(".yaml"));
    Schema schema = Schema.read(new RuleFiles(settings));
    return schema.flaws().isEmpty() ? Optional.of(schema.custom().attributes()) : Optional.empty();
  }

  private RuleReading.Fact fact(Fact fact) {
    return new RuleReading.Fact(
        fact.word(),
        fact.fields().stream()
            .map(field -> new RuleReading.Field(field.name(), field.kind().told(), field.closed()))
            .toList());
  }
}
