/**
 * Places in the files of a rulebook: a text, a stretch of it, and a refusal that points at one. For
 * all of the judge; it knows neither rules nor facts.
 */
package io.bailiwick.drools.text;
