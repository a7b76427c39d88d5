package io.bailiwick.watch.alarm;

import java.util.Locale;

/** What can be wrong: a closed set with stable names. */
public enum AlarmKind {
  /** An audit found what keeps leads from their territory, or will. */
  DRIFT("drift in the CRM"),
  /** A lead waits longer than leads should. */
  LEAD_WAITING("leads wait too long"),
  /** Leads wait for a person. */
  DEAD_LETTERS("dead letters"),
  /** The CRM takes nothing, or cannot be read. */
  CRM_REFUSING("the CRM refuses"),
  /** The CRM refuses our token. */
  TOKEN_BROKEN("the CRM token is refused"),
  /** The territories were not read for too long. */
  SNAPSHOT_STALE("the territories are stale"),
  /** The audit of a day did not run, or did not finish. */
  AUDIT_MISSED("an audit was missed"),
  /** A change of the rules may not serve, or what served was taken back. */
  RULEBOOK_REJECTED("a rulebook is rejected"),
  /** The journal takes no writes: no lead can be accepted. */
  JOURNAL_FAILING("the journal fails"),
  /** One of the channels that carry alarms and events takes nothing. */
  CHANNEL_FAILING("a channel of alarms fails");

  private final String told;

  AlarmKind(String told) {
    this.told = told;
  }

  /** Its name in JSON and in metrics. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its name for people. */
  public String told() {
    return told;
  }
}
