package io.bailiwick.drools.sheet;

import io.bailiwick.drools.guard.Guard;
import io.bailiwick.drools.rule.Vocabulary;
import io.bailiwick.drools.sheet.Sheet.Row;
import io.bailiwick.drools.text.CsvPlaces;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Source;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads decision tables, {@code .drl.csv} and {@code .drl.xlsx}, in KIE's convention, and gives
 * each row as a rule to the guard. A rule of a table is called {@code TABLE_ROW}, and its line is
 * its row.
 */
public final class DecisionTables {

  private static final String CSV = ".drl.csv";
  private static final String XLSX = ".drl.xlsx";
  private static final int HEAD = 4;
  private static final Set<String> IGNORED =
      Set.of("notes", "sequential", "sequentialminpriority", "sequentialmaxpriority");
  private static final Set<String> OUR_IMPORTS =
      Set.of(
          "io.bailiwick.lead.Lead",
          "io.bailiwick.lead.Territory",
          "io.bailiwick.lead.Placement",
          "io.bailiwick.lead.Flag");

  private final Guard guard;
  private final Vocabulary vocabulary;
  private final List<RuleFlaw> flaws = new ArrayList<>();

  /** Gives the rules that it finds to this guard. */
  public DecisionTables(Guard guard, Vocabulary vocabulary) {
    this.guard = guard;
    this.vocabulary = vocabulary;
  }

  /** Whether a file of that path is a decision table. */
  public static boolean isTable(String path) {
    return path.endsWith(CSV) || path.endsWith(XLSX);
  }

  /** What is wrong with the tables themselves; what is wrong with their rules, the guard says. */
  public List<RuleFlaw> flaws() {
    return List.copyOf(flaws);
  }

  /** Reads all tables among the files. */
  public void read(RuleFiles files) {
    files
        .texts()
        .forEach(
            (path, text) -> {
              if (path.endsWith(CSV)) {
                csv(new Source(path, text));
              }
            });
    files
        .sheets()
        .forEach(
            (path, content) -> {
              if (path.endsWith(XLSX)) {
                xlsx(path, content);
              }
            });
  }

  private void csv(Source source) {
    try {
      read(SheetFiles.csv(source), new CsvCells(source));
    } catch (Refusal refusal) {
      flaws.add(source.flaw(refusal.at(), null, refusal.told()));
    }
  }

  private void xlsx(String path, byte[] content) {
    try {
      for (Sheet sheet : SheetFiles.xlsx(path, content)) {
        read(sheet, new SheetCells(sheet));
      }
    } catch (Refusal refusal) {
      flaws.add(new RuleFlaw(path, 0, 0, null, refusal.told(), ""));
    }
  }

  /** Where a cell is told to stand, and how it is shown. */
  private interface Cells {

    RuleFlaw flaw(int row, int column, @Nullable String rule, String message);
  }

  private void read(Sheet sheet, Cells cells) {
    var rules = new RuleText(sheet.name());
    boolean ruleSet = false;
    int i = 0;
    try {
      while (i < sheet.rows().size()) {
        Row row = sheet.rows().get(i);
        int first = firstCell(row);
        String word = row.cell(Math.max(0, first)).toLowerCase(Locale.ROOT);
        if (word.startsWith("ruletable")) {
          i = table(sheet, i, first, rules);
        } else {
          ruleSet |= property(row, first, word);
          i++;
        }
      }
      if (!ruleSet && !rules.isEmpty()) {
        Row top = sheet.rows().get(0);
        throw new TableLayout.Mistake(top, 0, "begin the sheet with the cells RuleSet and rules");
      }
    } catch (TableLayout.Mistake mistake) {
      flaws.add(cells.flaw(mistake.row(), mistake.column(), null, mistake.told()));
      return;
    }
    rules
        .noLiterals()
        .forEach(no -> flaws.add(cells.flaw(no.row(), no.column(), no.rule(), no.told())));
    Set<String> told = new HashSet<>();
    for (RuleFlaw flaw : guard.readRows(sheet.name(), rules.text())) {
      int column = rules.column(flaw.line(), flaw.column());
      // A snippet that is wrong is wrong in each row; it is told once.
      if (told.add(column + flaw.message())) {
        flaws.add(cells.flaw(flaw.line(), column, flaw.rule(), flaw.message()));
      }
    }
  }

  /** Answers the index of the row behind the table. */
  private int table(Sheet sheet, int at, int first, RuleText rules) throws TableLayout.Mistake {
    Row title = sheet.rows().get(at);
    String own = title.cell(first).substring("ruletable".length()).strip();
    String name = own.isEmpty() ? title.cell(first + 1) : own;
    if (name.isEmpty()) {
      throw new TableLayout.Mistake(title, first, "name the table: RuleTable Segments");
    }
    if (at + HEAD >= sheet.rows().size()) {
      throw new TableLayout.Mistake(title, first, "four rows of a head follow a RuleTable");
    }
    List<Row> head = sheet.rows().subList(at + 1, at + 1 + HEAD);
    TableLayout layout = TableLayout.read(name, first, head, vocabulary);
    int i = at + 1 + HEAD;
    while (i < sheet.rows().size()) {
      Row row = sheet.rows().get(i);
      int cell = firstCell(row);
      if (row.isBlank() || row.cell(cell).toLowerCase(Locale.ROOT).startsWith("ruletable")) {
        break;
      }
      rules.add(layout, row);
      i++;
    }
    return i;
  }

  /** Answers whether it was the RuleSet. */
  private static boolean property(Row row, int first, String word) throws TableLayout.Mistake {
    if (first < 0 || IGNORED.contains(word)) {
      return false;
    }
    String value = row.cell(first + 1);
    if (word.equals("ruleset")) {
      if (!value.equals("rules")) {
        throw new TableLayout.Mistake(row, first + 1, "the package of a table is rules");
      }
      return true;
    }
    if (word.equals("import")) {
      for (String one : value.split("\\s*[,;]\\s*")) {
        if (!OUR_IMPORTS.contains(one)) {
          throw new TableLayout.Mistake(
              row, first + 1, "nothing can be imported; leave the row out");
        }
      }
      return false;
    }
    throw new TableLayout.Mistake(
        row,
        first,
        "\"%s\" is not allowed in a sheet of rules; leave the row out".formatted(row.cell(first)));
  }

  private static int firstCell(Row row) {
    for (int i = 0; i < row.cells().size(); i++) {
      if (!row.cell(i).isEmpty()) {
        return i;
      }
    }
    return -1;
  }

  private record CsvCells(Source source) implements Cells {

    @Override
    public RuleFlaw flaw(int row, int column, @Nullable String rule, String message) {
      return source.flaw(new CsvPlaces(source).cell(row, Math.max(0, column)), rule, message);
    }
  }

  private record SheetCells(Sheet sheet) implements Cells {

    @Override
    public RuleFlaw flaw(int row, int column, @Nullable String rule, String message) {
      int shown = Math.max(0, column);
      String excerpt =
          sheet.rows().stream()
              .filter(one -> one.number() == row)
              .map(one -> "cell %s%d: %s".formatted(letters(shown), row, one.cell(shown)))
              .findFirst()
              .orElse("");
      return new RuleFlaw(sheet.name(), row, shown + 1, rule, message, excerpt);
    }

    private static String letters(int column) {
      String last = String.valueOf((char) ('A' + column % 26));
      return column < 26 ? last : letters(column / 26 - 1) + last;
    }
  }
}
