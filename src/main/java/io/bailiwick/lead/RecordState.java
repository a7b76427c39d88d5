package io.bailiwick.lead;

/** What reading one record of the CRM gave: a closed set. */
public sealed interface RecordState {

  /** It exists and shows this territory id; null where it shows none. */
  record Present(@Nullable String territoryId, Touched touched) implements RecordState {

    /** Of which it is not told when people worked on it. */
    public Present(@Nullable String territoryId) {
      this(territoryId, Touched.UNKNOWN);
    }
  }

  /** It does not exist, or no longer. */
  record Gone(String detail) implements RecordState {}

  /** It could not be read now. */
  record Unreadable(String detail) implements RecordState {}
}
