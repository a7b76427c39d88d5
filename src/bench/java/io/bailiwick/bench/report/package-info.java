/**
 * What was measured, as values: medians with their spread, ratios to a limit taken in the same run,
 * what was recorded before, and whether it became worse than noise explains. Pure, but for files.
 */
package io.bailiwick.bench.report;
