package io.bailiwick.crm.oauth;

import io.bailiwick.crm.TokenSource;
import io.bailiwick.flow.Timers;
import io.bailiwick.flow.TokenBook;
import io.bailiwick.flow.TokenBook.Access;
import io.bailiwick.flow.TokenBook.Ask;
import io.bailiwick.flow.TokenBook.Grant;
import io.bailiwick.flow.TokenBook.Turn;
import io.bailiwick.lead.Nullable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * An access token that is renewed by a refresh token: some minutes before its end, and when the CRM
 * refuses it. However many ask, one renewal is under way at a time, here and in all instances on
 * the journal. While the CRM cannot be asked, a token that still opens is used on. Any thread may
 * call.
 */
public final class RefreshedToken implements TokenSource {

  /** How long one instance may take to renew before another takes its turn. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  /** How soon it is looked again whether another instance has renewed. */
  private static final Duration AGAIN = Duration.ofMillis(200);

  /**
   * A token of our own making that never opened anything and is refused is kept so long: another
   * would fare no better, and each costs one of ten.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What it works with. */
  public record Parts(Grants grants, TokenBook book, AccountsServer server, Timers timers) {}

  /** {@code own}: made here, and not by another instance or before a restart. */
  private record Held(Access access, boolean own) {}

  private final Parts parts;
  private final URI configured;
  private final Function<Grant, CompletionStage<TokenReply>> server;
  private final Rest rest = new Rest();
  private volatile @Nullable Held held;
  private volatile @Nullable URI home;
  private volatile @Nullable String worked;
  private @Nullable String givenUp;
  private @Nullable CompletableFuture<String> underWay;

  /** {@code configured} is {@code crm.base-url}. */
  public RefreshedToken(Parts parts, URI configured) {
    this(parts, configured, parts.server()::refresh);
  }

  /** {@code server} is asked for a grant's next token. */
  RefreshedToken(Parts parts, URI configured, Function<Grant, CompletionStage<TokenReply>> server) {
    this.parts = parts;
    this.configured = configured;
    this.server = server;
  }

  @Override
  public CompletionStage<String> token() {
    Held now = held;
    Instant at = parts.timers().now();
    if (now == null || !at.isBefore(now.access().expiresAt())) {
      return renewed();
    }
    if (!at.isBefore(now.access().renewAt())) {
      // Beside the calls: what is there still opens.
      renewed();
    }
    return CompletableFuture.completedFuture(now.access().token());
  }

  @Override
  public Optional<URI> home() {
    return Optional.ofNullable(home);
  }

  @Override
  public synchronized void refused(String token) {
    Held now = held;
    if (now == null || !now.access().token().equals(token)) {
      return;
    }
    Instant old = now.access().madeAt().plus(PATIENCE);
    if (token.equals(worked) || !now.own() || !parts.timers().now().isBefore(old)) {
      givenUp = token;
      held = null;
    }
  }

  @Override
  public void worked(String token) {
    if (!token.equals(worked)) {
      worked = token;
    }
  }

  @Override
  public CompletionStage<String> told() {
    return parts
        .grants()
        .grant()
        .thenCompose(
            grant ->
                grant.isEmpty()
                    ? CompletableFuture.completedStage("no refresh token is kept")
                    : told(grant.get()));
  }

  private CompletionStage<String> told(Grant grant) {
    return parts
        .book()
        .standing(grant.key(), parts.timers().now())
        .thenApply(
            standing ->
                "renewed at %s for the client %s, good until %s; %d of %d renewals in 10 minutes"
                    .formatted(
                        grant.accounts(),
                        grant.clientId(),
                        standing.expiresAt(),
                        standing.renewals(),
                        TokenBook.MOST));
  }

  /** The one renewal that is under way; else it begins. */
  private CompletionStage<String> renewed() {
    CompletableFuture<String> mine = new CompletableFuture<>();
    synchronized (this) {
      if (underWay != null) {
        return underWay;
      }
      underWay = mine;
    }
    CompletableFuture.completedStage(true)
        .thenCompose(go -> begun())
        .whenComplete(
            (token, trouble) -> {
              synchronized (this) {
                underWay = null;
              }
              if (token != null) {
                mine.complete(token);
              } else {
                mine.completeExceptionally(cause(trouble));
              }
            });
    return mine;
  }

  private CompletionStage<String> begun() {
    return parts
        .grants()
        .grant()
        .thenCompose(
            grant -> {
              if (grant.isEmpty()) {
                return failed("there is no refresh token; " + parts.grants().remedy());
              }
              String why = rest.why(grant.get(), parts.timers().now());
              return why == null ? asked(grant.get()) : failed(why);
            });
  }

  private CompletionStage<String> asked(Grant grant) {
    String refused;
    synchronized (this) {
      refused = givenUp;
    }
    var ask = new Ask(grant.key(), refused, parts.timers().now(), LEASE);
    return parts.book().turn(ask).thenCompose(turn -> turned(grant, turn));
  }

  private CompletionStage<String> turned(Grant grant, Turn turn) {
    if (turn instanceof Turn.Has has) {
      return taken(grant, has.access(), false);
    }
    if (turn instanceof Turn.Yours yours) {
      return server.apply(grant).thenCompose(reply -> heard(grant, yours, reply));
    }
    if (turn instanceof Turn.Others) {
      var later = new CompletableFuture<Void>();
      parts.timers().after(AGAIN, () -> later.complete(null));
      return later.thenCompose(look -> asked(grant));
    }
    if (turn instanceof Turn.Cooling cooling) {
      return rests(grant, cooling.until(), Rest.tooOften(cooling.until()));
    }
    Turn.Spent spent = (Turn.Spent) turn;
    return rests(grant, spent.until(), Rest.spent(spent.until()));
  }

  private CompletionStage<String> heard(Grant grant, Turn.Yours yours, TokenReply reply) {
    Instant now = parts.timers().now();
    TokenBook book = parts.book();
    if (reply instanceof TokenReply.Given given) {
      var access = new Access(given.token(), now, now.plus(given.life()), given.apiDomain());
      // What the CRM gave is used, also where the journal does not take it.
      return book.keep(grant.key(), access)
          .handle((kept, trouble) -> access)
          .thenCompose(made -> taken(grant, made, true));
    }
    if (reply instanceof TokenReply.TooOften) {
      Instant until = now.plus(TokenBook.WINDOW);
      return book.cool(grant.key(), until)
          .thenCompose(cooled -> rests(grant, until, Rest.tooOften(until)));
    }
    if (reply instanceof TokenReply.Refused refused) {
      String why = Rest.dead(refused.word()) + "; " + parts.grants().remedy();
      return book.release(grant.key(), yours, true)
          .thenCompose(free -> rests(grant, now.plus(Rest.OF_THE_DEAD), why));
    }
    TokenReply.Failed failed = (TokenReply.Failed) reply;
    return book.release(grant.key(), yours, failed.spent())
        .thenCompose(free -> rests(grant, now.plus(rest.next()), failed.why()));
  }

  private CompletionStage<String> taken(Grant grant, Access access, boolean own) {
    URI allowed;
    try {
      allowed = ApiDomain.allowed(access.apiDomain(), configured);
    } catch (IllegalArgumentException refused) {
      Instant until = parts.timers().now().plus(Rest.OF_THE_DEAD);
      return rests(grant, until, String.valueOf(refused.getMessage()));
    }
    rest.end();
    synchronized (this) {
      givenUp = null;
      home = allowed;
      held = new Held(access, own);
    }
    return CompletableFuture.completedFuture(access.token());
  }

  private CompletionStage<String> rests(Grant grant, Instant until, String why) {
    rest.begin(grant, until, why);
    return failed(why);
  }

  private static CompletionStage<String> failed(String why) {
    return CompletableFuture.failedFuture(new IllegalStateException(why));
  }

  private static Throwable cause(Throwable trouble) {
    return trouble instanceof CompletionException && trouble.getCause() != null
        ? trouble.getCause()
        : trouble;
  }
}
