package io.bailiwick.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bailiwick.lead.AccessTrouble;
import io.bailiwick.lead.Assignment;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Outcome;
import java.time.Duration;
import java.time.Instant;

/**
 * What an answer to a write means for one assignment: a pure function. Done needs a 2xx, a body
 * that can be read, and SUCCESS in this record's own item; whatever is unclear is Unknown, which
 * costs a reading of the record and never a lead.
 *
 * <p>401 and 403 concern our token or its permissions and so every lead; which of the four meanings
 * of 401 it is, its code tells. But NO_PERMISSION may name one territory (as good as invalid: its
 * leads wait, others pass) or one record (refused). A 404 that does not speak of a record comes of
 * a wrong base URL or a proxy, and is no lead's fault either: it is tried again later.
 */
final class Answers {

  private Answers() {}

  /** {@code now} is for a Retry-After that is a date. */
  static Outcome outcome(Reply reply, Assignment assignment, Instant now) {
    return judged(reply, Saying.about(reply.json(), assignment.crmId()), now);
  }

  /** What is said of one record, or null where nothing is, with the status it came with. */
  static Outcome judged(Reply reply, @Nullable Saying saying, Instant now) {
    int status = reply.status();
    String detail = detail(status, saying);
    Duration wait = RetryAfter.of(reply, reply.json(), now);
    if (status == 429) {
      return new Outcome.RateLimited(wait, detail);
    }
    if (saying == null && status >= 200 && status < 300) {
      return new Outcome.Unknown(detail + ", and says nothing of this record");
    }
    if (saying != null && status >= 200 && status < 500 && status / 100 != 3) {
      return said(saying, status, wait, detail);
    }
    return byStatus(status, wait, detail);
  }

  private static Outcome said(Saying saying, int status, @Nullable Duration wait, String detail) {
    boolean success = status < 300;
    return switch (saying.meaning()) {
      case SUCCESS -> success ? new Outcome.Done(detail) : new Outcome.Unknown(detail);
      case SCHEDULED -> new Outcome.Scheduled(detail);
      case THERE -> new Outcome.Done(detail);
      case LOOK -> new Outcome.Unknown(detail);
      case TERRITORY -> new Outcome.TerritoryInvalid(detail);
      case GONE -> new Outcome.RecordGone(detail);
      case LIMITED -> new Outcome.RateLimited(wait, detail);
      case LOCKED, FAILED -> new Outcome.Unavailable(wait, detail);
      case FORBIDDEN ->
          new Outcome.Unauthorized(saying.trouble(), detail + ": " + saying.trouble().told());
      case REFUSED -> new Outcome.Rejected(detail);
      case OTHER ->
          success && saying.error() ? new Outcome.Rejected(detail) : byStatus(status, wait, detail);
    };
  }

  /** By the status alone: 500 and 503 as not written; a gateway's 502 or 504 may hide anything. */
  private static Outcome byStatus(int status, @Nullable Duration wait, String detail) {
    return switch (status) {
      case 401, 407 -> new Outcome.Unauthorized(AccessTrouble.TOKEN_REFUSED, detail);
      case 403 -> new Outcome.Unauthorized(AccessTrouble.NO_PERMISSION, detail);
      case 404, 500, 503 -> new Outcome.Unavailable(wait, detail);
      case 408 -> new Outcome.Unknown(detail);
      default ->
          status >= 400 && status < 500
              ? new Outcome.Rejected(detail)
              : new Outcome.Unknown(detail);
    };
  }

  /** Status, code and place; never the CRM's own text, which may repeat what a lead holds. */
  private static String detail(int status, @Nullable Saying saying) {
    var text = new StringBuilder("the CRM answered ").append(status);
    if (saying != null) {
      text.append(' ').append(Reply.shown(saying.code()));
      JsonNode field = saying.details().path("api_name");
      if (field.isTextual()) {
        text.append(" (").append(Reply.shown(field.textValue())).append(')');
      }
    }
    return text.toString();
  }
}
