package io.bailiwick.lead;

import java.time.Instant;

/** One line of a lead's history: when, the stage it entered, and what happened in words. */
public record HistoryLine(Instant at, Stage stage, String note) {}
