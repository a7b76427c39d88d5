package io.bailiwick.replay.compare;

import io.bailiwick.lead.Lead;

/**
 * One lead to be compared.
 *
 * @param place where it stands: {@code file#number}, a line, or a recorded lead's id
 * @param name what people call it; its place where it has no name
 */
public record Row(String place, String name, Lead lead) {}
