package io.bailiwick.fuzz;

import io.bailiwick.report.Reliability;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Good inputs made bad: bytes changed, cut out, doubled, joined with others', and words put where
 * chance would not. {@code -Dfuzz.inputs=N} makes more of them, {@code -Dseed=S} the same.
 */
public final class Fuzz {

  private static final long SEED = Long.getLong("seed", System.nanoTime());

  /** An input that takes longer counts as a hang. */
  private static final long HANG_NANOS = 5_000_000_000L;

  private final String what;
  private final List<byte[]> good;
  private final List<byte[]> words;
  private final Random random = new Random(SEED);

  /** What looks at one input, and throws where something is wrong with what becomes of it. */
  public interface Oracle {
    /** Whether the input was taken for a good one. */
    boolean takes(byte[] input, Random random) throws Exception;
  }

  /** Of these good inputs, with these words. */
  public Fuzz(String what, List<byte[]> good, List<String> words) {
    this.what = what;
    this.good = good;
    this.words = words.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /** Runs so many, or what {@code fuzz.inputs} says; fails with the input that was too much. */
  public void run(int inputs, Oracle oracle) {
    int all = Integer.getInteger("fuzz.inputs", inputs);
    System.out.printf("fuzz %s: %d inputs, seed %d%n", what, all, SEED);
    int taken = 0;
    for (int i = 0; i < all; i++) {
      byte[] input = good.get(random.nextInt(good.size()));
      for (int changes = random.nextInt(5); changes > 0; changes--) {
        input = changed(input);
      }
      taken += run(input, i, oracle) ? 1 : 0;
    }
    Reliability.tell(
        "fuzz " + what, Map.of("seed", SEED, "inputs", all, "taken", taken, "broken", 0));
    if (taken == 0 || taken == all) {
      throw new AssertionError(taken + " of " + all + " were taken: that says nothing");
    }
  }

  private boolean run(byte[] input, int round, Oracle oracle) {
    long began = System.nanoTime();
    boolean taken;
    try {
      taken = oracle.takes(input, random);
    } catch (Exception | AssertionError | StackOverflowError e) {
      throw new AssertionError(told(input, round), e);
    }
    if (System.nanoTime() - began > HANG_NANOS) {
      throw new AssertionError("it hung; " + told(input, round));
    }
    return taken;
  }

  private static String told(byte[] input, int round) {
    return "seed %d, round %d, input %s"
        .formatted(SEED, round, Base64.getEncoder().encodeToString(input));
  }

  private byte[] changed(byte[] input) {
    if (input.length == 0) {
      return word();
    }
    int at = random.nextInt(input.length);
    int until = at + random.nextInt(Math.min(input.length - at, 40) + 1);
    return switch (random.nextInt(7)) {
      case 0 ->
          joined(head(input, at), new byte[] {(byte) random.nextInt(256)}, tail(input, at + 1));
      case 1 -> joined(head(input, at), tail(input, until));
      case 2 -> joined(head(input, until), tail(input, at));
      case 3 -> joined(head(input, at), word(), tail(input, at));
      case 4 -> joined(head(input, at), word(), tail(input, until));
      case 5 -> {
        byte[] other = good.get(random.nextInt(good.size()));
        yield joined(head(input, at), tail(other, random.nextInt(other.length + 1)));
      }
      default -> head(input, at);
    };
  }

  private byte[] word() {
    return words.get(random.nextInt(words.size()));
  }

  private static byte[] head(byte[] input, int until) {
    return Arrays.copyOf(input, Math.min(until, input.length));
  }

  private static byte[] tail(byte[] input, int from) {
    return Arrays.copyOfRange(input, Math.min(from, input.length), input.length);
  }

  private static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
