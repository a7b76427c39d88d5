/** Measurements that people run by hand; nothing here is part of the product or of its tests. */
package io.bailiwick.bench;
