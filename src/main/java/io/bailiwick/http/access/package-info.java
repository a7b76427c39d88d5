/**
 * Who may come in, for what, and how often: the table of routes and roles, keys, signatures, public
 * forms and rate limits. Asked by the left door before it does anything; it reads no lead, decides
 * nothing else, and never says why a key or signature was wrong to whoever showed it.
 */
package io.bailiwick.http.access;
