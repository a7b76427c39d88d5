package io.bailiwick.lead;

import java.time.Duration;

/**
 * So many within so long, and never more at once.
 *
 * @param amount at least 1
 * @param per at least a second
 */
public record Rate(int amount, Duration per) {

  public Rate {
    if (amount < 1 || per.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a rate is at least 1 within at least 1 second");
    }
  }
}
