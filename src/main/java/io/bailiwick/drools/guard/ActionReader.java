package io.bailiwick.drools.guard;

import io.bailiwick.drools.guard.Scope.Bound;
import io.bailiwick.drools.guard.Tokens.Kind;
import io.bailiwick.drools.guard.Tokens.Token;
import io.bailiwick.drools.rule.CheckedRule.Action;
import io.bailiwick.drools.rule.Fact;
import io.bailiwick.drools.rule.Field;
import io.bailiwick.drools.text.Nearest;
import io.bailiwick.drools.text.Refusal;
import io.bailiwick.drools.text.Source;
import io.bailiwick.drools.text.Span;
import io.bailiwick.lead.Blocker;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.QueueReason;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what a rule says: exactly one call of {@code route}. */
final class ActionReader {

  private static final String CALLS =
      "route.to($t); or route.queue(\"blocker\"); or route.queue(\"reason\", \"blocker\"); or"
          + " route.queueUntil(\"reason\", \"blocker\", $instant);";
  private static final List<String> METHODS = List.of("to", "queue", "queueUntil");
  private static final List<QueueReason> REASONS =
      List.of(QueueReason.TERRITORY_NOT_READY, QueueReason.BY_RULE);
  private static final Pattern BLOCKER = Pattern.compile("[a-z0-9_]{1,40}");

  private final Tokens tokens;
  private final Span start;

  ActionReader(Source source, Span consequence) {
    this.tokens = new Tokens(source.text(), consequence, "write one of " + CALLS);
    this.start = new Span(consequence.start() - "then".length(), consequence.start());
  }

  /** The one call; everything else is refused. */
  Action read(Scope scope) {
    if (tokens.ended()) {
      throw new Refusal(start, "say what to do: " + CALLS);
    }
    Token route = tokens.take();
    if (!route.is("route") || !tokens.took(".")) {
      throw new Refusal(
          route.at(), "\"%s\" is not allowed; write one of %s".formatted(route.text(), CALLS));
    }
    Token method = tokens.take();
    if (method.kind() != Kind.NAME || !METHODS.contains(method.text())) {
      String hint = Nearest.hint(method.text(), METHODS);
      throw new Refusal(
          method.at(),
          "route has no \"%s\"".formatted(method.text())
              + (hint.isEmpty() ? "; write one of " + CALLS : hint));
    }
    tokens.expect("(", "an opening bracket is missing here");
    Action action = method.is("to") ? to(scope) : queue(method, scope);
    tokens.expect(")", "a closing bracket is missing here; write one of " + CALLS);
    tokens.expect(";", "a semicolon is missing here");
    if (!tokens.ended()) {
      throw new Refusal(tokens.peek().at(), "a rule says one thing; write a second rule");
    }
    return action;
  }

  private Action to(Scope scope) {
    Token variable = variable("write route.to($t); with $t : Territory( name == \"…\" ) above");
    Bound bound = scope.bound(variable);
    if (!bound.fact().is(Fact.Kind.TERRITORY) || bound.field() != null) {
      throw new Refusal(
          variable.at(),
          variable.text() + " is no territory; bind $t : Territory( name == \"…\" )");
    }
    return new Action.To(variable.text());
  }

  private Action queue(Token method, Scope scope) {
    Token first = word();
    if (method.is("queue") && !tokens.took(",")) {
      return new Action.Queue(QueueReason.BY_RULE.word(), blocker(first), null);
    }
    if (method.is("queueUntil")) {
      tokens.expect(",", "write route.queueUntil(\"reason\", \"blocker\", $instant);");
    }
    QueueReason reason = reason(first);
    Token second = word();
    String blocker = blocker(second);
    if (reason == QueueReason.TERRITORY_NOT_READY && Blocker.ofWord(blocker) == null) {
      List<String> blockers = Arrays.stream(Blocker.values()).map(Blocker::word).toList();
      throw new Refusal(
          second.at(),
          "territory_not_ready has the blockers %s".formatted(String.join(", ", blockers))
              + Nearest.hint(blocker, blockers));
    }
    return new Action.Queue(reason.word(), blocker, method.is("queue") ? null : until(scope));
  }

  private @Nullable String until(Scope scope) {
    tokens.expect(",", "write route.queueUntil(\"reason\", \"blocker\", $instant);");
    Token variable = variable("bind a point in time, such as Placement( $at : readyAt )");
    Field field = scope.bound(variable).field();
    if (field == null || field.kind() != Field.Kind.INSTANT) {
      throw new Refusal(
          variable.at(), variable.text() + " is no point in time; bind one such as readyAt");
    }
    return variable.text();
  }

  private static QueueReason reason(Token word) {
    QueueReason reason = QueueReason.ofWord(word.text());
    if (reason == null || !REASONS.contains(reason)) {
      List<String> words = REASONS.stream().map(QueueReason::word).toList();
      throw new Refusal(
          word.at(),
          "\"%s\" is no reason a rule can give; there are %s"
                  .formatted(word.text(), String.join(", ", words))
              + Nearest.hint(word.text(), words));
    }
    return reason;
  }

  private static String blocker(Token word) {
    if (!BLOCKER.matcher(word.text()).matches()) {
      throw new Refusal(
          word.at(), "a blocker is one word of 1 to 40 lower-case letters, digits or _");
    }
    return word.text();
  }

  private Token word() {
    Token word = tokens.take();
    if (word.kind() != Kind.TEXT) {
      throw new Refusal(word.at(), "write a word in double quotes here");
    }
    return word;
  }

  private Token variable(String message) {
    Token variable = tokens.take();
    if (variable.kind() != Kind.VARIABLE) {
      throw new Refusal(variable.at(), message);
    }
    return variable;
  }
}
