package io.bailiwick.json;

import java.util.Locale;

/**
 * Every kind of refusal this service answers with, each with a page of its own that says what to do
 * and whether to retry (RFC 9457, "type"). A closed set: sources may rely on the names.
 */
public enum ProblemType {
  MALFORMED_BODY(
      400, "The body is not well formed", false, "Send valid UTF-8 JSON; the detail says where."),
  INVALID_LEAD(
      422,
      "A lead was refused",
      false,
      "Correct the members that the pointers in errors name, and send it again."),
  KEY_REUSED(
      422,
      "The idempotency key came before with another body",
      false,
      "Use a new key for a new request; keys are kept for 30 days."),
  INVALID_REQUEST(400, "The request is not understood", false, "Correct what the detail names."),
  UNAUTHENTICATED(
      401,
      "Who asks is not known",
      false,
      "Send a live key, Authorization: Bearer bw_…, or sign the body as Standard Webhooks says."
          + " An operator makes keys: bailiwick keys add."),
  FORBIDDEN(
      403,
      "This is not for whoever asks",
      false,
      "Ask with a key of a role that may; docs/access.md has the table of routes and roles."),
  SECOND_PERSON_NEEDED(
      403,
      "A second person must publish this",
      false,
      "Whoever brought a candidate may not publish it (rules.four-eyes); ask somebody else to."),
  RATE_LIMITED(
      429,
      "Too much at once",
      true,
      "Nothing is stored. Send it again after the seconds that Retry-After says."),
  BODY_TOO_LARGE(
      413, "The body is too large", false, "Send fewer leads in one request, or shorter values."),
  LINE_TOO_LONG(414, "The request line is too long", false, "Send a shorter path and query."),
  HEADERS_TOO_LARGE(431, "The headers are too large", false, "Send fewer or shorter headers."),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "The content type is not supported",
      false,
      "Send application/json, application/x-ndjson or application/x-www-form-urlencoded in"
          + " UTF-8, without a content encoding."),
  NOT_FOUND(404, "There is nothing here", false, "Look at /openapi.json for what there is."),
  METHOD_NOT_ALLOWED(
      405, "The method is not allowed here", false, "Use one that the Allow header names."),
  CONFLICT(
      409, "The lead is in another stage", false, "Read the lead; its status says what it is."),
  BEING_SENT(
      409,
      "The lead is being sent",
      true,
      "Its outcome must be known first. Try again in a moment; GET /v1/leads/{id} says how far it"
          + " is."),
  RULES_REFUSED(
      422,
      "The rules may not serve",
      false,
      "Correct what errors names, file by file, and send them again. What serves is untouched."),
  CANDIDATE_CHANGED(
      409,
      "The candidate is another version",
      false,
      "Read GET /v1/rules, see whether the candidate is still the one you mean, and say its hash."),
  PUBLISHED_MEANWHILE(
      409,
      "Another version was published meanwhile",
      true,
      "Read GET /v1/rules, see whether what serves now is to be replaced, and publish again."),
  CANDIDATE_NOT_WAITING(
      409,
      "The candidate does not wait for approval",
      true,
      "It is still compiled or proved, or about to serve. GET /v1/rules says how far it is."),
  SHADOW_TAKEN(
      409,
      "Another candidate is in shadow",
      false,
      "There is one at a time. Publish it, or drop it with DELETE /v1/rules/shadow."),
  TERRITORIES_UNREAD(
      503,
      "The CRM's territories have not been read yet",
      true,
      "Leads are accepted all the same. GET /readyz says why the reading fails."),
  CRM_UNREACHABLE(
      502,
      "The CRM could not be read",
      true,
      "The last complete snapshot stays in use; the detail says what the CRM answered."),
  OVERLOADED(
      503,
      "More at once than fits into memory",
      true,
      "Nothing is stored. Send it again; Retry-After says when. Fewer leads in a request, or fewer"
          + " requests at a time, are always taken."),
  STARTING(
      503,
      "The service is starting",
      true,
      "Leads are accepted already. Ask again; Retry-After says when."),
  SHUTTING_DOWN(503, "The service is stopping", true, "Send it again; Retry-After says when."),
  JOURNAL_UNAVAILABLE(
      503,
      "The lead could not be written to disk",
      true,
      "Nothing is known to be stored. Send it again with the same Idempotency-Key."),
  INTERNAL(
      500,
      "A mistake of ours",
      true,
      "Send it again with the same Idempotency-Key; tell the operator if it stays.");

  private final int status;
  private final String title;
  private final boolean retry;
  private final String advice;

  ProblemType(int status, String title, boolean retry, String advice) {
    this.status = status;
    this.title = title;
    this.retry = retry;
    this.advice = advice;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** What it is, in a few words; the same for every problem of the type. */
  public String title() {
    return title;
  }

  /** Whether the same request may succeed later. */
  public boolean retry() {
    return retry;
  }

  /** What the sender does about it. */
  public String advice() {
    return advice;
  }

  /** The last part of its page's path: {@code /problems/SLUG}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
