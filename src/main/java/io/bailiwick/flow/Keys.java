package io.bailiwick.flow;

import io.bailiwick.flow.AccessBook.KeptKey;
import io.bailiwick.lead.AccessKey;
import io.bailiwick.lead.AccessKey.Kind;
import io.bailiwick.lead.Digests;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys by which callers come in: made, looked up, ended. A lookup asks no disk; what is ended
 * opens nothing from the moment its ending is written. Any thread may call.
 */
public final class Keys {

  /** What a bearer key begins with, so that scanners of leaked secrets know it. */
  public static final String PREFIX = "bw_";

  /** What a signing secret begins with (Standard Webhooks). */
  public static final String SIGNING_PREFIX = "whsec_";

  private static final Pattern FORM = Pattern.compile("bw_([0-9a-f]{12})_([A-Za-z0-9_-]{43})");
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@-]{0,59}");
  private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,59}");
  private static final int SECRET_BYTES = 32;
  private static final Duration USES_KEPT = Duration.ofMinutes(1);

  /**
   * What a key is to be.
   *
   * @param secret the signing secret that the source gave us; null to make one
   */
  public record Order(
      String name,
      Role role,
      @Nullable String source,
      Kind kind,
      @Nullable Instant endsAt,
      @Nullable String createdBy,
      @Nullable String secret) {

    /** Throws IllegalArgumentException that says what may stand there. */
    public Order {
      if ((role == Role.SOURCE) != (source != null)) {
        throw new IllegalArgumentException(
            "The role source needs a source, and the other roles have none.");
      }
      if (source != null && !SOURCE.matcher(source).matches()) {
        throw new IllegalArgumentException(
            "source must be 1 to 60 of A-Z, a-z, 0-9, '.', '_' and '-'.");
      }
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "name says whose key it is: 1 to 60 letters, digits, blanks and '._@-'.");
      }
      if (kind == Kind.SIGNATURE && role != Role.SOURCE) {
        throw new IllegalArgumentException("Only a source can sign what it sends.");
      }
      if (kind == Kind.BEARER && secret != null) {
        throw new IllegalArgumentException(
            "Only a signing key's secret can be given; others are made.");
      }
    }

    /** Without the secret: this may come into a log. */
    @Override
    public String toString() {
      return "a %s key of %s for %s".formatted(kind.word(), role.word(), name);
    }
  }

  /** A new key with its secret, which nobody can be told again. */
  public record Made(AccessKey key, String secret) {

    /** Without the secret: this may come into a log. */
    @Override
    public String toString() {
      return key.toString();
    }
  }

  private final AccessBook book;
  private final Timers timers;
  private final RandomGenerator random;
  private final Map<String, KeptKey> byId = Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<String, Instant> uses = new ConcurrentHashMap<>();

  /** Nobody is known before {@link #start}; {@code random} draws the secrets. */
  public Keys(AccessBook book, Timers timers, RandomGenerator random) {
    this.book = book;
    this.timers = timers;
    this.random = random;
  }

  /** Loads the keys, and begins to remember when they are used. */
  public CompletionStage<Void> start() {
    return book.keys()
        .thenAccept(
            kept -> {
              kept.forEach(one -> byId.put(one.key().id(), one));
              timers.after(USES_KEPT, this::keepUses);
            });
  }

  /** Another instance may have made keys, or ended some. */
  public CompletionStage<Void> lookAtOthers() {
    return book.keys().thenAccept(kept -> kept.forEach(one -> byId.put(one.key().id(), one)));
  }

  /** Whose bearer key this is; empty where it is none of ours or has ended. */
  public Optional<AccessKey> bearer(String token) {
    Matcher form = FORM.matcher(token);
    if (!form.matches()) {
      return Optional.empty();
    }
    KeptKey kept = byId.get(form.group(1));
    if (kept == null || kept.key().kind() != Kind.BEARER || !kept.key().live(timers.now())) {
      return Optional.empty();
    }
    boolean right = MessageDigest.isEqual(ascii(digest(token)), ascii(kept.proof()));
    return right ? Optional.of(used(kept.key())) : Optional.empty();
  }

  /** The live signing keys of a source; several while one takes another's place. */
  public List<KeptKey> signing(String source) {
    Instant now = timers.now();
    return all().stream()
        .filter(kept -> kept.key().kind() == Kind.SIGNATURE && kept.key().live(now))
        .filter(kept -> source.equals(kept.key().source()))
        .toList();
  }

  /** Says that this key opened the door. */
  public AccessKey used(AccessKey key) {
    uses.put(key.id(), timers.now());
    return key;
  }

  /** All keys as they are, in the order in which they were made. */
  public List<AccessKey> list() {
    return all().stream()
        .map(KeptKey::key)
        .map(key -> uses.containsKey(key.id()) ? key.usedAt(uses.get(key.id())) : key)
        .toList();
  }

  /** Makes a key; it opens from when its stage completes. */
  public CompletionStage<Made> add(Order order) {
    String id = HexFormat.of().formatHex(drawn(6));
    String secret =
        switch (order.kind()) {
          case BEARER ->
              PREFIX + id + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(drawn());
          case SIGNATURE ->
              order.secret() == null
                  ? SIGNING_PREFIX + Base64.getEncoder().encodeToString(drawn())
                  : order.secret();
        };
    var key =
        new AccessKey(
            id,
            order.name(),
            order.role(),
            order.source(),
            order.kind(),
            timers.now(),
            order.createdBy(),
            order.endsAt(),
            null);
    var kept = new KeptKey(key, order.kind() == Kind.BEARER ? digest(secret) : secret);
    return book.add(kept)
        .thenApply(
            done -> {
              byId.put(id, kept);
              return new Made(key, secret);
            });
  }

  /**
   * Makes a key that takes another's place, which ends after {@code grace}; empty where there is
   * none of that id.
   */
  public CompletionStage<Optional<Made>> rotate(
      String id, Duration grace, @Nullable String by, @Nullable String secret) {
    KeptKey old = byId.get(id);
    if (old == null) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    AccessKey key = old.key();
    var order =
        new Order(key.name(), key.role(), key.source(), key.kind(), key.endsAt(), by, secret);
    return add(order)
        .thenCompose(made -> end(id, timers.now().plus(grace)).thenApply(e -> Optional.of(made)));
  }

  /** Ends a key now; empty where there is none of that id. */
  public CompletionStage<Optional<AccessKey>> revoke(String id) {
    return end(id, timers.now());
  }

  private CompletionStage<Optional<AccessKey>> end(String id, Instant at) {
    return book.end(id, at)
        .thenApply(
            ended -> {
              byId.computeIfPresent(
                  id, (same, kept) -> new KeptKey(kept.key().ending(at), kept.proof()));
              return ended;
            });
  }

  private void keepUses() {
    Map<String, Instant> since = Map.copyOf(uses);
    if (!since.isEmpty()) {
      book.used(since);
      since.forEach(
          (id, at) ->
              byId.computeIfPresent(
                  id, (same, kept) -> new KeptKey(kept.key().usedAt(at), kept.proof())));
      since.forEach(uses::remove);
    }
    timers.after(USES_KEPT, this::keepUses);
  }

  private List<KeptKey> all() {
    synchronized (byId) {
      return new ArrayList<>(byId.values());
    }
  }

  private byte[] drawn() {
    return drawn(SECRET_BYTES);
  }

  private byte[] drawn(int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return drawn;
  }

  private static String digest(String secret) {
    return Digests.sha256(ascii(secret));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
