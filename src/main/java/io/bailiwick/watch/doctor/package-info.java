/**
 * The doctor: walks the troubleshooting checklist against the CRM, the journal, the disk and the
 * rules, and says of each line what was seen and what to do. It writes nothing to the CRM.
 */
package io.bailiwick.watch.doctor;
