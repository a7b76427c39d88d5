package io.bailiwick.drools.sheet;

import io.bailiwick.drools.text.Refusal;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleReading.Grid;
import io.bailiwick.lead.RuleReading.GridRow;
import java.util.ArrayList;
import java.util.List;

/** The cells of workbooks, to be looked at: what a table says, not how it is drawn. */
public final class SheetGrids {

  private static final int ROWS_MAX = 500;

  private SheetGrids() {}

  /** Each sheet of each workbook; none of one that cannot be read, which is told as a flaw. */
  public static List<Grid> of(RuleFiles files) {
    List<Grid> grids = new ArrayList<>();
    files
        .sheets()
        .forEach(
            (path, content) -> {
              try {
                SheetFiles.xlsx(path, content).forEach(sheet -> grids.add(grid(path, sheet)));
              } catch (Refusal refused) {
                // DecisionTables tells it.
              }
            });
    return grids;
  }

  private static Grid grid(String path, Sheet sheet) {
    List<GridRow> rows =
        sheet.rows().stream()
            .limit(ROWS_MAX)
            .map(row -> new GridRow(row.number(), row.cells()))
            .toList();
    String name = sheet.name().substring(path.length() + 1);
    return new Grid(path, name, rows, sheet.rows().size() - rows.size());
  }
}
