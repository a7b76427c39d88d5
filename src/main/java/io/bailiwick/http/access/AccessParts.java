package io.bailiwick.http.access;

import io.bailiwick.flow.AccessBook;
import io.bailiwick.flow.Keys;
import io.bailiwick.flow.Timers;

/** What the door looks callers up in, where it records them, and its clock. */
public record AccessParts(AccessSettings settings, Keys keys, AccessBook book, Timers timers) {}
