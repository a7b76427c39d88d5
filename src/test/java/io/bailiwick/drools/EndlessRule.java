package io.bailiwick.drools;

/** What a rule that does not end asks, so that a test can let it end when it has seen enough. */
public final class EndlessRule {

  private static volatile boolean on = true;

  private EndlessRule() {}

  /** Asked by the rule. */
  public static boolean goesOn() {
    return on;
  }

  static void on(boolean goesOn) {
    on = goesOn;
  }
}
