package io.bailiwick.replay.leads;

import io.bailiwick.json.SourceMapping;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Nullable;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the columns of a table mean, by its header: first what the mapping says, then a field's own
 * name, then the names of other systems. Of two columns for one field the better name wins, then
 * the first. The rest is kept under attributes, as that of a posted lead is, where rules may have
 * declared it; but no more columns than a lead has room for, and no long text.
 */
final class Columns {

  private static final String ATTRIBUTE = "attributes.";

  /** Room is left for values that are not understood, and kept under their field's name. */
  private static final int MOST_KEPT = LeadField.MAX_ATTRIBUTES - LeadField.values().length;

  private final SourceMapping mapping;
  private final List<String> headings;
  private final @Nullable LeadField[] fields;
  private final @Nullable String[] attributes;
  private final boolean[] loose;

  /** Reads a header; every column that means nothing is told to the tally. */
  Columns(List<String> headings, SourceMapping mapping, Tally tally) {
    this.mapping = mapping;
    this.headings = headings.stream().map(String::strip).toList();
    this.fields = new @Nullable LeadField[headings.size()];
    this.attributes = new @Nullable String[headings.size()];
    this.loose = new boolean[headings.size()];
    Set<LeadField> taken = EnumSet.noneOf(LeadField.class);
    for (Step step : Step.values()) {
      for (int i = 0; i < fields.length; i++) {
        take(i, step, taken);
      }
    }
    keepTheRest(tally);
  }

  /** In this order a column may claim a field. */
  private enum Step {
    MAPPED,
    OWN_NAME,
    OTHER_NAME
  }

  int count() {
    return headings.size();
  }

  /** Whether any column means something. */
  boolean useful() {
    for (int i = 0; i < fields.length; i++) {
      if (fields[i] != null || (attributes[i] != null && !loose[i])) {
        return true;
      }
    }
    return false;
  }

  /** Fills a form from a row's cells; empty ones are absent. */
  LeadForm form(List<String> cells) {
    var form = new LeadForm();
    if (mapping.source() != null) {
      form.set(LeadField.SOURCE, mapping.source());
    }
    for (int i = 0; i < cells.size() && i < fields.length; i++) {
      String cell = cells.get(i);
      LeadField field = fields[i];
      String attribute = attributes[i];
      if (cell.isBlank() || (loose[i] && cell.length() > LeadField.MAX_ATTRIBUTE_VALUE)) {
        continue;
      }
      if (field != null) {
        form.set(field, cell);
      } else if (attribute != null) {
        form.setAttribute(attribute, cell);
      }
    }
    return form;
  }

  private void keepTheRest(Tally tally) {
    int kept = 0;
    for (int i = 0; i < fields.length; i++) {
      String heading = headings.get(i);
      if (fields[i] == null && attributes[i] == null && !mapping.ignores(heading)) {
        boolean fits =
            !heading.isEmpty()
                && heading.length() <= LeadField.MAX_ATTRIBUTE_NAME
                && kept < MOST_KEPT;
        if (fits) {
          attributes[i] = heading;
          loose[i] = true;
          kept++;
        }
        tally.unmapped(heading.isEmpty() ? "column " + (i + 1) : heading);
      }
    }
  }

  private void take(int column, Step step, Set<LeadField> taken) {
    String heading = headings.get(column);
    if (fields[column] != null || attributes[column] != null || mapping.ignores(heading)) {
      return;
    }
    if (step == Step.MAPPED) {
      String mapped = mapping.attribute(heading);
      boolean named = heading.startsWith(ATTRIBUTE) && heading.length() > ATTRIBUTE.length();
      attributes[column] = mapped == null && named ? heading.substring(ATTRIBUTE.length()) : mapped;
      if (attributes[column] != null) {
        return;
      }
    }
    LeadField field = field(heading, step);
    if (field != null && taken.add(field)) {
      fields[column] = field;
    }
  }

  private @Nullable LeadField field(String heading, Step step) {
    if (step == Step.MAPPED) {
      boolean mapped = mapping.targets().containsKey(heading.toLowerCase(Locale.ROOT));
      return mapped ? mapping.field(heading) : null;
    }
    LeadField field = ColumnNames.field(heading);
    boolean own = field != null && ColumnNames.own(heading, field);
    return own == (step == Step.OWN_NAME) ? field : null;
  }
}
