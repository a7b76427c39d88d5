/**
 * The daily audit: compares the CRM's territories with those that rules name, says what hangs on
 * each difference, and what is new since the last time. It runs once a local day, whoever runs it;
 * it decides nothing and changes nothing but its own pages of the journal.
 */
package io.bailiwick.watch.audit;
