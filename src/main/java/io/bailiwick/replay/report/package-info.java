/**
 * What a replay showed, for reading: one self-contained HTML page that can be mailed, JUnit XML for
 * CI, and a CSV of the changed leads. Called by commands; it knows values only and writes no file.
 */
package io.bailiwick.replay.report;
