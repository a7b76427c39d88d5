package io.bailiwick.http;

import io.bailiwick.flow.Desk;
import io.bailiwick.flow.Intake;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.TerritoryDirectory;
import io.bailiwick.flow.Timers;

/** What the left door hands leads and questions to. */
public record Door(
    Intake intake,
    Journal journal,
    Desk desk,
    TerritoryDirectory directory,
    Timers timers,
    Waiting waiting,
    Sources sources,
    Serving serving) {}
