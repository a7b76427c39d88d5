package io.bailiwick.sandbox;

import java.time.Duration;

/**
 * The knobs of one sandbox.
 *
 * @param host the address to listen on
 * @param port 0 to 65,535; 0 takes a free one
 * @param token the bearer token that is accepted
 * @param adopt whether an unknown record id becomes a new record instead of being refused
 * @param propagation how long a new territory is refused; zero to a day
 * @param seed of everything that is random here
 */
public record SandboxSettings(
    String host, int port, String token, boolean adopt, Duration propagation, long seed) {

  /** Port 8090 on the loopback address, strict, the seed contract's 15 minutes. */
  public static final SandboxSettings STANDARD =
      new SandboxSettings("127.0.0.1", 8090, "sandbox-token", false, Duration.ofMinutes(15), 1);

  /** Refuses what is out of bounds with IllegalArgumentException. */
  public SandboxSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("the sandbox's port must be 0 to 65535, not " + port);
    }
    if (token.isBlank()) {
      throw new IllegalArgumentException("the sandbox's token must not be empty");
    }
    if (propagation.isNegative() || propagation.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("the sandbox's propagation must be PT0S to PT24H");
    }
  }

  /** The same on another port. */
  public SandboxSettings withPort(int other) {
    return new SandboxSettings(host, other, token, adopt, propagation, seed);
  }

  /** The same with unknown record ids adopted, or not. */
  public SandboxSettings withAdopt(boolean other) {
    return new SandboxSettings(host, port, token, other, propagation, seed);
  }

  /** The same with another seed. */
  public SandboxSettings withSeed(long other) {
    return new SandboxSettings(host, port, token, adopt, propagation, other);
  }
}
