package io.bailiwick.store;

/** Hears of each commit of the journal, on its writer's thread; must return at once. */
public interface CommitWatch {

  /** Hears nothing. */
  CommitWatch NONE = (writes, nanos, done) -> {};

  /**
   * A commit ended.
   *
   * @param writes how many writes it held
   * @param nanos how long it took, sync and all
   * @param done whether it is on disk; the writes of one that is not have failed
   */
  void committed(int writes, long nanos, boolean done);
}
