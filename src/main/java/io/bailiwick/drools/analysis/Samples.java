package io.bailiwick.drools.analysis;

import io.bailiwick.drools.analysis.Intervals.Stretch;
import io.bailiwick.drools.analysis.ValueSet.Inside;
import io.bailiwick.drools.rule.Condition.Op;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import io.bailiwick.lead.Nullable;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a lead of a box: as few values as it can, each spelled as a lead's is. Null where a set
 * holds no value that it can find.
 */
final class Samples {

  private static final List<String> ENDINGS =
      List.of("", "0", "1", "A", "a", " a", "-", "x.example");
  private static final List<String> FIRST = List.of("Other", "other", "OTHER", "A", "a", "0", "1");

  private final Fact lead;

  Samples(Fact lead) {
    this.lead = lead;
  }

  /** A lead in the box; its clock fields are not looked at. */
  @Nullable
  Lead of(Box box) {
    var form = new LeadForm();
    for (Field field : lead.fields()) {
      ValueSet set = box.sets().get(field.name());
      if (set == null || field.kind() == Field.Kind.INSTANT || ofTheClock(field)) {
        continue;
      }
      Object value = value(set);
      if (value == null && !set.absent()) {
        return null;
      }
      if (value != null) {
        set(form, field, value, box);
      }
    }
    return form.flaws().isEmpty() ? form.lead() : null;
  }

  private static void set(LeadForm form, Field field, Object value, Box box) {
    LeadField known = LeadField.named(field.name());
    if (known != null) {
      form.set(known, value.toString());
    } else if (!field.name().equals("emailDomain")) {
      boolean yesNo = field.kind() == Field.Kind.YES_NO;
      form.setAttribute(field.name(), yesNo ? (value.equals(1L) ? "yes" : "no") : value.toString());
    } else if (!box.sets().containsKey("email")) {
      form.set(LeadField.EMAIL, "someone@" + value);
    }
  }

  /** Fields that the instant decides, not the lead. */
  private static boolean ofTheClock(Field field) {
    return field.name().equals("weekday") || field.name().equals("businessHours");
  }

  /** A value of the set; null for absent, and where none was found. */
  private static @Nullable Object value(ValueSet set) {
    if (set.absent()) {
      return null;
    }
    for (Stretch stretch : set.values().stretches()) {
      if (stretch.from() instanceof Long number) {
        return number;
      }
    }
    for (String candidate : candidates(set)) {
      String spelled = spelled(set.field(), candidate);
      if (spelled != null && set.holds(spelled)) {
        return spelled;
      }
    }
    return null;
  }

  private static @Nullable String spelled(Field field, String text) {
    Field.Normal normal = field.normal();
    if (text.isBlank() || text.indexOf('\0') >= 0) {
      return null;
    }
    return normal == null ? text : normal.of(text);
  }

  private static List<String> candidates(ValueSet set) {
    List<String> candidates = new ArrayList<>();
    List<Stretch> stretches = set.values().stretches();
    for (Stretch stretch : stretches.subList(0, Math.min(stretches.size(), 50))) {
      String from = ((String) stretch.from()).replaceAll("[\0\u0001]+$", "");
      if (stretch.single()) {
        candidates.add(from);
      } else {
        if (from.isEmpty()) {
          candidates.addAll(FIRST);
        }
        ENDINGS.forEach(ending -> candidates.add(from + ending));
      }
    }
    List<String> inside = new ArrayList<>(List.of(""));
    String start = "";
    String end = "";
    for (Inside test : set.inside()) {
      if (test.op() == Op.MATCHES) {
        inside.add(RegexSample.of(test.text()));
        inside.add("a" + RegexSample.of(test.text()));
      } else if (test.op() == Op.CONTAINS) {
        inside.replaceAll(text -> text + test.text());
      } else if (test.op() == Op.STARTS) {
        start = test.text().length() > start.length() ? test.text() : start;
      } else if (test.op() == Op.ENDS) {
        end = test.text().length() > end.length() ? test.text() : end;
      }
    }
    for (String middle : inside) {
      candidates.add(start + middle + end);
      candidates.add(start + "a" + middle + end);
      candidates.add(start + middle + "a" + end);
      candidates.add(start.equals(end) ? start : start + "a" + middle + "a" + end);
    }
    return candidates;
  }
}
