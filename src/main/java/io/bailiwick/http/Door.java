package io.bailiwick.http;

import io.bailiwick.flow.Journal;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Publisher;
import io.bailiwick.flow.Timers;
import io.bailiwick.watch.Metrics;
import io.bailiwick.watch.audit.DailyAudit;
import io.bailiwick.watch.doctor.Doctor;

/** What the left door hands leads and questions to. */
public record Door(
    LeadFlow flow,
    Publisher publisher,
    Journal journal,
    Timers timers,
    Waiting waiting,
    Sources sources,
    TerritoryAges ages,
    Metrics metrics,
    DailyAudit audit,
    Doctor doctor) {}
