package io.bailiwick.lead;

import java.util.List;

/** What reading one record of the CRM gave: a closed set. */
public sealed interface RecordState {

  /**
   * It exists and shows these territory ids, none or several; a CRM whose records have one
   * territory shows at most one.
   */
  record Present(List<String> territoryIds, Touched touched) implements RecordState {

    public Present {
      territoryIds = List.copyOf(territoryIds);
    }

    /** It shows one territory id, or none where that is null. */
    public Present(@Nullable String territoryId, Touched touched) {
      this(territoryId == null ? List.<String>of() : List.of(territoryId), touched);
    }

    /** Of which it is not told when people worked on it. */
    public Present(@Nullable String territoryId) {
      this(territoryId, Touched.UNKNOWN);
    }

    /** Whether this territory is among those it shows; never where the id is not known. */
    public boolean shows(@Nullable String territoryId) {
      return territoryId != null && territoryIds.contains(territoryId);
    }
  }

  /** It does not exist, or no longer. */
  record Gone(String detail) implements RecordState {}

  /** It could not be read now. */
  record Unreadable(String detail) implements RecordState {}
}
