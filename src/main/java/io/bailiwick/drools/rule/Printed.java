package io.bailiwick.drools.rule;

import io.bailiwick.lead.Nullable;
import java.util.List;
import java.util.Set;

/**
 * Rules as the engine is given them: they match the same leads as they are written, and are found
 * sooner. Rows of which a lead has one at most are read in the lead itself.
 *
 * @param rules in their order, each as it is printed
 * @param merged the columns that are read in the lead
 * @param rows the tables that some rule still asks for rows; null for all
 */
public record Printed(
    List<CheckedRule> rules, List<Merged> merged, @Nullable Set<String> rows, Prefilter prefilter) {

  /**
   * A column of a lookup table as a field of the lead.
   *
   * @param column null for whether there is a row
   */
  public record Merged(Field field, String table, @Nullable String column) {}

  /** Of rules that are compiled as they stand. */
  public static Printed asWritten() {
    return new Printed(List.of(), List.of(), null, Prefilter.none());
  }

  /** Of these rules; {@code single} are the tables of which a lead has one row at most. */
  public static Printed of(List<CheckedRule> rules, Fact lead, Set<String> single) {
    var merge = new LookupMerge(lead, single);
    List<CheckedRule> merged = merge.of(rules);
    return new Printed(merged, merge.merged(), merge.rows(), Prefilter.of(merged));
  }

  /** The columns of a table that are read in the lead. */
  public List<Merged> mergedOf(String table) {
    return merged.stream().filter(one -> one.table().equals(table)).toList();
  }

  /** Whether a lead's rows of that table are to be facts. */
  public boolean asksRowsOf(String table) {
    return rows == null || rows.contains(table);
  }
}
