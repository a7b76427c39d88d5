package io.bailiwick.drools.analysis;

import io.bailiwick.drools.analysis.Intervals.Stretch;
import io.bailiwick.drools.facts.Schema;
import io.bailiwick.drools.rule.CheckedRule;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Leads at the edges of rules: for each field that a rule asks, one at each bound and one just
 * beyond it, one without a value, one with a value that nobody named; and for rules that meet, one
 * that both match.
 */
public final class Edges {

  private static final int BOXES = 4;
  private static final int VALUES = 40;
  private static final int MOST = 5_000;

  private final CaseReader reader;
  private final Samples samples;
  private final Set<Lead> leads = new LinkedHashSet<>();

  private Edges(Schema schema) {
    this.reader = new CaseReader(schema);
    this.samples = new Samples(schema.vocabulary().lead());
  }

  /** The leads, in the rules' order, each once. */
  public static List<Lead> of(Schema schema, List<CheckedRule> rules) {
    var edges = new Edges(schema);
    List<Box> boxes = new ArrayList<>();
    for (CheckedRule rule : rules) {
      if (!rule.isReadiness()) {
        edges.reader.boxes(rule).stream().limit(BOXES).forEach(boxes::add);
      }
    }
    boxes.forEach(edges::around);
    edges.between(boxes);
    return List.copyOf(edges.leads);
  }

  /** Leads that two rules match, so that it shows which of them wins. */
  private void between(List<Box> boxes) {
    for (int i = 0; i < boxes.size(); i++) {
      for (int j = i + 1; j < boxes.size() && leads.size() < MOST; j++) {
        Box both = boxes.get(i).meets(boxes.get(j)) ? boxes.get(i).and(boxes.get(j)) : null;
        if (both != null) {
          add(both);
        }
      }
    }
  }

  private void around(Box box) {
    add(box);
    for (ValueSet set : box.sets().values()) {
      for (Object value : beside(set)) {
        add(box.with(ValueSet.only(set.field(), Intervals.of(List.of(value)))));
      }
      if (set.values().isEmpty()) {
        ValueSet all = ValueSet.all(set.field());
        add(box.with(new ValueSet(set.field(), all.values(), List.of(), false)));
      }
      if (set.field().mayBeAbsent()) {
        add(box.with(new ValueSet(set.field(), Intervals.none(), List.of(), true)));
      }
    }
  }

  private static List<Object> beside(ValueSet set) {
    List<Object> values = new ArrayList<>();
    for (Stretch stretch : set.values().stretches().stream().limit(VALUES).toList()) {
      values.add(stretch.from());
      if (stretch.from() instanceof Long from) {
        Object end = stretch.end();
        values.add(Math.max(0, from - 1));
        if (end != null && (Long) end <= LeadField.MAX_NUMBER) {
          values.add((Long) end - 1);
          values.add(end);
        }
      }
    }
    if (set.field().kind() == Field.Kind.TEXT && set.field().closed().isEmpty()) {
      values.add("Other");
    }
    return values;
  }

  private void add(Box box) {
    @Nullable Lead lead = samples.of(box);
    if (lead != null) {
      leads.add(lead);
    }
  }
}
