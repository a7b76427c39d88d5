package io.bailiwick.lead;

/**
 * How a journal stands that has just taken a write.
 *
 * @param place where it is, without a secret
 * @param durable whether a write that completed survives a power cut of an honest disk
 * @param how by which settings
 * @param freeBytes room on its disk; negative where that is not known
 */
public record JournalCondition(String place, boolean durable, String how, long freeBytes) {}
