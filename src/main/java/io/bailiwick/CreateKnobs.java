package io.bailiwick;

import io.bailiwick.crm.Upsert;
import io.bailiwick.lead.NewRecords;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The knobs of making records of leads that have none. */
final class CreateKnobs {

  private static final Set<String> TRIGGERS =
      Set.of("approval", "workflow", "blueprint", "pathfinder", "orchestration");
  private static final String API_NAME = "([A-Za-z]+\\.)?[A-Za-z][A-Za-z0-9_]{0,99}";

  static final Knob CREATE =
      Knob.choice(
          "crm.create",
          "false",
          List.of("true", "false"),
          "Whether a lead without crmId is taken, and its record made or found.");
  static final Knob CHECK_FIELDS =
      new Knob(
          "crm.duplicate-check-fields",
          String.join(" ", NewRecords.STANDARD.checkFields()),
          value -> each(value, API_NAME, "must be API names such as Email or Leads.Member_No"),
          "API names, each alone or after a module and a dot",
          "By what a record is found before one is made.");
  static final Knob LAR_ID =
      new Knob(
          "crm.lar-id",
          null,
          value -> each(value, "[0-9]{1,20}", "must be the id of an assignment rule, in digits"),
          "digits",
          "The CRM's own assignment rule to run on a record that is made.");
  static final Knob TRIGGER =
      new Knob(
          "crm.trigger",
          null,
          CreateKnobs::trigger,
          String.join(" ", TRIGGERS.stream().sorted().toList()),
          "What the CRM itself runs on a record that is made; none where not set.");
  static final Knob FEATURES =
      new Knob(
          "crm.apply-feature-execution",
          null,
          value -> each(value, "[a-z_]{1,60}", "must be names such as layout_rules"),
          "names of the CRM's features",
          "Features the CRM is told to apply to a record that is made.");

  static final List<Knob> ALL = List.of(CREATE, CHECK_FIELDS, LAR_ID, TRIGGER, FEATURES);

  private CreateKnobs() {}

  /** What leads without a record must say; null where none is made. */
  static @Nullable NewRecords records(Config config) {
    return config.flag(CREATE) ? new NewRecords(words(config.text(CHECK_FIELDS))) : null;
  }

  /** How records are made; null where none is. */
  static @Nullable Upsert upsert(Config config) {
    NewRecords records = records(config);
    return records == null
        ? null
        : new Upsert(
            records,
            config.optional(LAR_ID),
            words(config.optional(TRIGGER)),
            words(config.optional(FEATURES)));
  }

  /** What does not go together, one line each. */
  static List<String> mistakes(Map<Knob, String> values) {
    List<String> mistakes = new ArrayList<>();
    for (Knob knob : List.of(LAR_ID, TRIGGER, FEATURES)) {
      if (values.containsKey(knob) && !"true".equals(values.get(CREATE))) {
        mistakes.add(knob.name() + " is of no use without crm.create: true");
      }
    }
    return mistakes;
  }

  private static @Nullable String trigger(String value) {
    return TRIGGERS.containsAll(words(value)) && !value.isBlank()
        ? null
        : "must be some of " + String.join(", ", TRIGGERS.stream().sorted().toList());
  }

  private static @Nullable String each(String value, String pattern, String mistake) {
    List<String> words = words(value);
    return !value.isBlank() && words.stream().allMatch(word -> word.matches(pattern))
        ? null
        : mistake;
  }

  private static List<String> words(@Nullable String value) {
    return value == null ? List.of() : List.of(value.strip().split("\\s+"));
  }
}
