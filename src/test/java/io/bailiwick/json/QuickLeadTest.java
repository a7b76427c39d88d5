package io.bailiwick.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.Digests;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.LeadForm;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The quick way to a lead's JSON against the one writer of all JSON. */
class QuickLeadTest {

  private static final String[] PIECES = {
    "a", "Ü", "漢", "/", "😀", "\"", "\\", "<", "\u007F", "\u2028", " ", "'", "\u0001", "\t",
    "e\u0301"
  };

  @Test
  void itWritesTheSameCharacters() {
    long seed = new Random().nextLong();
    System.out.println("quick lead: seed " + seed);
    var random = new Random(seed);
    int quick = 0;
    for (int i = 0; i < 20_000; i++) {
      Lead lead = lead(random);
      assertEquals(
          Json.write(lead),
          new String(LeadJson.canonical(lead), StandardCharsets.UTF_8),
          "seed " + seed);
      assertEquals(Digests.sha256(LeadJson.canonical(lead)), LeadJson.digest(lead), "seed " + seed);
      quick += QuickLead.write(lead) == null ? 0 : 1;
    }
    assertTrue(quick > 5_000, quick + " leads needed no escape");
  }

  private static Lead lead(Random random) {
    var form = new LeadForm();
    for (LeadField field : LeadField.values()) {
      if (random.nextInt(4) == 0) {
        switch (field.kind()) {
          case ID -> form.set(field, "id-" + random.nextInt(99));
          case NUMBER -> form.set(field, Integer.toString(random.nextInt(1_000_000)));
          case COUNTRY -> form.set(field, "DE");
          case LANGUAGE -> form.set(field, "de");
          default -> form.set(field, field == LeadField.MODULE ? "Leads" : text(random));
        }
      }
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      form.setAttribute("a" + text(random), text(random));
    }
    return form.lead();
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    int kinds = random.nextInt(4) == 0 ? PIECES.length : 4;
    for (int i = random.nextInt(5); i >= 0; i--) {
      text.append(PIECES[random.nextInt(kinds)]);
    }
    return text.toString();
  }
}
