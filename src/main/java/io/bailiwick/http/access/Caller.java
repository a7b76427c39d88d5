package io.bailiwick.http.access;

import io.bailiwick.lead.AccessKey;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Role;
import io.vertx.ext.web.RoutingContext;

/**
 * Who asks, as the door knows it.
 *
 * @param name the name of the key; empty where there is none
 * @param source the lead source it may send for; null where it is none
 * @param known whether a key or signature has proved it
 */
public record Caller(String name, Role role, @Nullable String source, boolean known) {

  /** Without access control everybody may do all, and calls itself as it likes. */
  static final Caller OPEN = new Caller("", Role.OPERATOR, null, false);

  static final Caller NOBODY = new Caller("", Role.ANYONE, null, false);

  /** A command on this machine, which has shown what only the journal's owner can read. */
  static final Caller COMMAND = new Caller("command line", Role.OPERATOR, null, true);

  private static final String PLACE = "bailiwick.caller";

  static Caller of(AccessKey key) {
    return new Caller(key.name(), key.role(), key.source(), true);
  }

  static Caller form(String source) {
    return new Caller(source, Role.FORM, source, false);
  }

  /** Who asks in this request, which has come through the door. */
  public static Caller of(RoutingContext context) {
    Caller caller = context.get(PLACE);
    if (caller == null) {
      throw new IllegalStateException("a route was reached past the door");
    }
    return caller;
  }

  Caller in(RoutingContext context) {
    context.put(PLACE, this);
    return this;
  }

  /** The name of the key, or else what the caller calls itself. */
  public @Nullable String who(@Nullable String called) {
    return known ? name : called;
  }

  /** Whether it is a source, which sees nothing but its own leads. */
  public boolean seesOwnOnly() {
    return role == Role.SOURCE || role == Role.FORM;
  }

  /** Whether it may know how the house stands: rules, territories, what is wrong. */
  public boolean seesHouse() {
    return role.compareTo(Role.VIEWER) >= 0;
  }

  /** Whether leads are shown to it without their personal data. */
  public boolean seesMasked() {
    return role == Role.VIEWER;
  }
}
