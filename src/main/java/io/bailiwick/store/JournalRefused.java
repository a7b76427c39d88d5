package io.bailiwick.store;

/**
 * A journal that must not be opened as asked: in use, of a newer schema, of another CRM, or not
 * readable. The message says what to do.
 */
public final class JournalRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JournalRefused(String message) {
    super(message);
  }

  JournalRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
