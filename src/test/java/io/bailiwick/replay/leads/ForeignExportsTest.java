package io.bailiwick.replay.leads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bailiwick.lead.Lead;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports of other systems, each with the one mapping file that an analyst writes for it. */
class ForeignExportsTest {

  private static final int ROWS = 2_000;

  @TempDir Path folder;

  @Test
  void everyRowOfEveryExportIsALeadOrHasAReason() throws IOException {
    for (ForeignExports.Shape system : ForeignExports.Shape.values()) {
      Path file = ForeignExports.write(system, folder, ROWS);
      List<Lead> leads = new ArrayList<>();
      try (var stream = LeadFiles.open(List.of(file), system.mapping())) {
        stream.forEachBatch(500, batch -> batch.leads().forEach(row -> leads.add(row.lead())));
        boolean footer = system == ForeignExports.Shape.SALESFORCE;
        assertEquals(
            footer ? Map.of(Unread.EMPTY, 1L, Unread.WRONG_CELLS, 4L) : Map.of(),
            stream.unreadable(),
            "" + system);
        assertEquals(ROWS, leads.size());
      }
      assertTrue(leads.stream().anyMatch(lead -> system.source().equals(lead.source())));
    }
  }

  @Test
  void whatRulesGoByIsUnderstoodInEachOfThem() throws IOException {
    for (ForeignExports.Shape system : ForeignExports.Shape.values()) {
      Path file = ForeignExports.write(system, folder, ROWS);
      List<Lead> leads = new ArrayList<>();
      try (var stream = LeadFiles.open(List.of(file), system.mapping())) {
        stream.forEachBatch(500, batch -> batch.leads().forEach(row -> leads.add(row.lead())));
        Lead american = leads.get(8);
        assertEquals("US", american.country(), "" + system);
        assertEquals(2, american.region().length(), "" + system);
        assertEquals("company8.example", american.emailDomain());
        assertTrue(american.crmId().contains("10000008") || american.crmId().endsWith("1000008"));
        assertTrue(leads.stream().anyMatch(lead -> "Acme, Inc.".equals(lead.company())));
        assertTrue(leads.stream().anyMatch(lead -> "Initech Holdings".equals(lead.company())));
        if (system != ForeignExports.Shape.MAILCHIMP) {
          assertTrue(leads.stream().filter(lead -> lead.employees() != null).count() > ROWS / 2);
          String doubt = "country is no country we know; kept under attributes";
          assertTrue(stream.doubts().get(doubt) > 10, "" + stream.doubts());
        }
      }
    }
  }

  @Test
  void whatNobodyMappedIsNamedOnceAndKept() throws IOException {
    ForeignExports.Shape system = ForeignExports.Shape.ZOHO_CRM;
    Path file = ForeignExports.write(system, folder, 10);
    try (var stream = LeadFiles.open(List.of(file), system.mapping())) {
      stream.forEachBatch(500, batch -> {});
      assertEquals(
          List.of("Title", "Fax", "Mobile", "Street", "Skype ID", "Email Opt Out", "Salutation"),
          stream.unmapped());
    }
  }
}
