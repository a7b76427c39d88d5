package io.bailiwick.lead;

import java.util.List;

/**
 * What reading rule files shows without making a rulebook of them.
 *
 * @param flaws what is wrong, the first of each broken rule or file; none where all may be compiled
 * @param facts what the rules may speak of, the lead first
 * @param grids the sheets of workbooks that can be read
 */
public record RuleReading(List<RuleFlaw> flaws, List<Fact> facts, List<Grid> grids) {

  /**
   * The cells of one sheet of a workbook, as they are read.
   *
   * @param file the workbook's path
   * @param sheet the name of the sheet
   * @param rows the first of them
   * @param more how many rows there are behind these
   */
  public record Grid(String file, String sheet, List<GridRow> rows, int more) {
    public Grid {
      rows = List.copyOf(rows);
    }
  }

  /** One row with its number in the sheet, from 1. */
  public record GridRow(int number, List<String> cells) {
    public GridRow {
      cells = List.copyOf(cells);
    }
  }

  /** A fact by its name in rules. */
  public record Fact(String name, List<Field> fields) {
    public Fact {
      fields = List.copyOf(fields);
    }
  }

  /**
   * One of its fields.
   *
   * @param told what its values are and how to write them
   * @param values all it can have, where they can be listed; else none
   */
  public record Field(String name, String told, List<String> values) {
    public Field {
      values = List.copyOf(values);
    }
  }

  public RuleReading {
    flaws = List.copyOf(flaws);
    facts = List.copyOf(facts);
    grids = List.copyOf(grids);
  }
}
