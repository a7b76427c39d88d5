/**
 * What nothing of the kind can be better than: the same work without what Bailiwick adds, each a
 * program of its own that says where it listens.
 */
package io.bailiwick.bench.limit;
