package io.bailiwick.flow;

import java.time.Instant;

/**
 * Which candidate is in shadow, beside which version, since when.
 *
 * @param candidate its name
 * @param hash its rules
 * @param serving hash of the version it is compared with
 */
public record ShadowRun(String candidate, String hash, String serving, Instant since) {}
