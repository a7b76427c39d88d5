package io.bailiwick.lead;

/** What reading one record of the CRM gave: a closed set. */
public sealed interface RecordState {

  /** It exists and shows this territory id; null where it shows none. */
  record Present(@Nullable String territoryId) implements RecordState {}

  /** It does not exist, or no longer. */
  record Gone(String detail) implements RecordState {}

  /** It could not be read now. */
  record Unreadable(String detail) implements RecordState {}
}
