/**
 * Says whether a run kept the promises, from what it left behind: what sources were told, what the
 * CRM saw, and the final journal. The judgement knows no class of Bailiwick's.
 */
package io.bailiwick.checker;
