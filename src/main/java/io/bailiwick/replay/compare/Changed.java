package io.bailiwick.replay.compare;

import io.bailiwick.lead.Change;
import io.bailiwick.lead.Decision;

/** One lead whose decision changed, with both. */
public record Changed(Row row, Change change, Decision before, Decision after) {}
