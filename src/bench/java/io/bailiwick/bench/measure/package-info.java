/**
 * The measures: each starts what it needs, takes samples of Bailiwick and of its limit in turn, and
 * answers figures. Nothing here judges them.
 */
package io.bailiwick.bench.measure;
