package io.bailiwick.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process takes of the machine, read from Linux's {@code /proc}. */
public final class Usage {

  /** Linux tells CPU time in hundredths of a second, whatever its timer (proc(5), USER_HZ). */
  private static final double TICKS_A_SECOND = 100;

  private Usage() {}

  /** CPU time in seconds, of all threads, user and system. */
  public static double cpuSeconds(long pid) {
    return cpuSeconds(read(pid, "stat"));
  }

  /** Resident memory in bytes. */
  public static long residentBytes(long pid) {
    return bytes(read(pid, "status"), "VmRSS:");
  }

  /** The most that was resident at a time, in bytes. */
  public static long peakBytes(long pid) {
    return bytes(read(pid, "status"), "VmHWM:");
  }

  /** The name may hold blanks and brackets; what is counted begins behind its last one. */
  static double cpuSeconds(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
  }

  static long bytes(String status, String name) {
    return status
            .lines()
            .filter(line -> line.startsWith(name))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no " + name + " the process has ended"))
        * 1_024;
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw new UncheckedIOException("the process is gone, or this is no Linux", e);
    }
  }
}
