/**
 * Leads from anywhere: files of many kinds, compressed or not, and what the journal recorded, each
 * as one stream in bounded memory. A row is a lead or is named with the reason why it is none;
 * nothing is dropped silently, and nothing here decides.
 */
package io.bailiwick.replay.leads;
