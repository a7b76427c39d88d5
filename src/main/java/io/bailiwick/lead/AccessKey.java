package io.bailiwick.lead;

import java.time.Instant;
import java.util.Locale;

/**
 * A key as people may see it: never the secret, only what it opens and until when.
 *
 * @param name whose it is, in one line
 * @param source the lead source whose leads it brings; null for the roles of people
 * @param createdBy who made it
 * @param endsAt from when it is refused; null where no end is set
 * @param lastUsedAt when it last opened the door, to the minute; null where it never did
 */
public record AccessKey(
    String id,
    String name,
    Role role,
    @Nullable String source,
    Kind kind,
    Instant createdAt,
    @Nullable String createdBy,
    @Nullable Instant endsAt,
    @Nullable Instant lastUsedAt) {

  /** How it is shown. */
  public enum Kind {
    /** Sent with each request, {@code Authorization: Bearer}. */
    BEARER,
    /** Never sent: it signs each body, as Standard Webhooks says. */
    SIGNATURE;

    /** The name in JSON and on the command line. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public AccessKey {
    if (!role.byKey()) {
      throw new IllegalArgumentException("no key gives the role " + role.word());
    }
    if ((role == Role.SOURCE) != (source != null)) {
      throw new IllegalArgumentException("a source's key names its source, and no other key does");
    }
    if (kind == Kind.SIGNATURE && role != Role.SOURCE) {
      throw new IllegalArgumentException("only sources sign what they send");
    }
  }

  /** Whether it opens at this instant. */
  public boolean live(Instant now) {
    return endsAt == null || now.isBefore(endsAt);
  }

  /** The same with this end, or the one it has where that is sooner. */
  public AccessKey ending(Instant at) {
    Instant end = endsAt == null || at.isBefore(endsAt) ? at : endsAt;
    return new AccessKey(id, name, role, source, kind, createdAt, createdBy, end, lastUsedAt);
  }

  /** The same, last used at this instant. */
  public AccessKey usedAt(Instant at) {
    return new AccessKey(id, name, role, source, kind, createdAt, createdBy, endsAt, at);
  }
}
