/**
 * The page: static files of the jar that call only {@code /v1}, behind a content security policy
 * without exceptions. It answers no question of its own; what the page needs to know is added to
 * {@code /v1}.
 */
package io.bailiwick.workbench;
