package io.bailiwick.drools.facts;

import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.drools.rule.Vocabulary;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Source;
import io.bailiwick.drools.text.Span;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleFlaw;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the files beside the rules declare: fields, business hours and lookup tables, and the words
 * that rules may therefore use.
 */
public final class Schema {

  private static final String TABLE = ".csv";
  private static final String DECISION_TABLE = ".drl.csv";

  private final RuleFiles files;
  private final List<RuleFlaw> flaws = new ArrayList<>();
  private final CustomFields custom;
  private final @Nullable BusinessHours hours;
  private final WaitingLimits limits;
  private final List<LookupTable> tables = new ArrayList<>();
  private final Vocabulary vocabulary;

  private Schema(RuleFiles files) {
    this.files = files;
    this.hours = read(BusinessHours.FILE, BusinessHours::read);
    List<Field> derived = hours == null ? List.of() : BusinessHours.fields();
    Set<String> taken = new HashSet<>(new Vocabulary(derived, List.of()).lead().fieldNames());
    CustomFields declared = read(CustomFields.FILE, source -> CustomFields.read(source, taken));
    WaitingLimits waiting = read(WaitingLimits.FILE, WaitingLimits::read);
    this.limits = waiting == null ? WaitingLimits.NONE : waiting;
    this.custom = declared == null ? CustomFields.none() : declared;
    List<Field> more = new ArrayList<>(derived);
    more.addAll(custom.fields());
    readTables(new Vocabulary(more, List.of()).lead());
    this.vocabulary = new Vocabulary(more, tables.stream().map(LookupTable::fact).toList());
  }

  /** Reads the files beside the rules; what is wrong with them is in {@link #flaws}. */
  public static Schema read(RuleFiles files) {
    return new Schema(files);
  }

  /** What is wrong with the files, in their order. */
  public List<RuleFlaw> flaws() {
    return List.copyOf(flaws);
  }

  /** The words of the rules. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** The lookup tables, in the order of their files. */
  public List<LookupTable> tables() {
    return List.copyOf(tables);
  }

  /**
   * The territories that rows of lookup tables and limits of waiting send leads to, with the place
   * of the first of each.
   */
  public Map<String, String> territories() {
    Map<String, String> places = new TreeMap<>();
    tables.forEach(table -> table.territories().forEach(places::putIfAbsent));
    limits.fallbacks().forEach((name, limit) -> places.putIfAbsent(name, limit.hit(name).place()));
    return places;
  }

  /** The fields that {@code fields.yaml} declares. */
  public List<Field> declared() {
    return custom.fields();
  }

  /** How declared fields are read. */
  public CustomFields custom() {
    return custom;
  }

  /** The business hours; null where no file declares them. */
  public @Nullable BusinessHours hours() {
    return hours;
  }

  /** How long leads may wait. */
  public WaitingLimits limits() {
    return limits;
  }

  private <T> @Nullable T read(String path, Function<Source, T> reader) {
    String text = files.texts().get(path);
    if (text == null) {
      return null;
    }
    var source = new Source(path, text);
    try {
      return reader.apply(source);
    } catch (Refusal refusal) {
      flaws.add(source.flaw(refusal.at(), null, refusal.told()));
      return null;
    }
  }

  private void readTables(Fact lead) {
    Map<String, String> words = new HashMap<>();
    files
        .texts()
        .forEach(
            (path, text) -> {
              if (path.endsWith(TABLE) && !path.endsWith(DECISION_TABLE)) {
                readTable(new Source(path, text), lead, words);
              }
            });
  }

  private void readTable(Source source, Fact lead, Map<String, String> words) {
    var reader = new TableReader(source, lead);
    LookupTable table = reader.read();
    flaws.addAll(reader.flaws());
    if (table == null) {
      return;
    }
    String other = words.putIfAbsent(table.fact().word(), source.file());
    if (other != null) {
      flaws.add(
          source.flaw(
              new Span(0, 1),
              null,
              "%s is called %s in rules, too; rename one".formatted(other, table.fact().word())));
      return;
    }
    tables.add(table);
  }
}
