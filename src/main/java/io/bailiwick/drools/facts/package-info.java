/**
 * What rules see: the lead with its declared fields, the rows of lookup tables that are its, the
 * business hours and the territories, as facts of generated records. Called by the compiler and the
 * sessions; it decides nothing.
 */
package io.bailiwick.drools.facts;
