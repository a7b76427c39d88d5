package io.bailiwick.flow;

import io.bailiwick.lead.RuleFiles;
import io.bailiwick.lead.RuleReading;

/** Reads rule files without making a rulebook of them: quick enough while a person types. */
public interface RuleReader {

  /** Takes CPU time on the caller's thread and nothing else; any thread may call. */
  RuleReading read(RuleFiles files);
}
