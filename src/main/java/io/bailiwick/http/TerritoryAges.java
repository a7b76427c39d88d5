package io.bailiwick.http;

import java.time.Duration;

/**
 * What the answers about territories go by.
 *
 * @param propagation how long after its creation a territory is not yet ready
 * @param staleAfter how old a reading may be before it is degraded
 */
public record TerritoryAges(Duration propagation, Duration staleAfter) {}
