package io.bailiwick.lead;

/** A territory's name, and its id where the CRM lists it. */
public record TerritoryRef(@Nullable String id, String name) {}
