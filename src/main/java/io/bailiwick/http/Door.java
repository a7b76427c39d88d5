package io.bailiwick.http;

import io.bailiwick.flow.Journal;
import io.bailiwick.flow.LeadFlow;
import io.bailiwick.flow.Timers;

/** What the left door hands leads and questions to. */
public record Door(
    LeadFlow flow,
    Journal journal,
    Timers timers,
    Waiting waiting,
    Sources sources,
    Serving serving) {}
