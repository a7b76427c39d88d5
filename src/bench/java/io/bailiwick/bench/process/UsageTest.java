package io.bailiwick.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UsageTest {

  @Test
  void cpuTimeIsUserAndSystemWhateverTheProcessIsCalled() {
    String stat =
        "42 (ja) va (x)) S 1 42 42 0 -1 4194560 90 0 0 0 1234 66 5 5 20 0 30 0 100 0 0 184 0";
    assertEquals(13.0, Usage.cpuSeconds(stat), 1e-9);
  }

  @Test
  void memoryIsToldInBytes() {
    String status = "Name:\tjava\nVmHWM:\t  300 kB\nVmRSS:\t  200 kB\n";
    assertEquals(200 * 1_024, Usage.bytes(status, "VmRSS:"));
    assertEquals(300 * 1_024, Usage.bytes(status, "VmHWM:"));
  }

  @Test
  void thisProcessCanBeAsked() {
    long pid = ProcessHandle.current().pid();
    assertTrue(Usage.cpuSeconds(pid) > 0);
    long resident = Usage.residentBytes(pid);
    assertTrue(Usage.peakBytes(pid) >= resident, "the peak, read later, is no less");
  }

  @Test
  void theHeapIsTheLastLineOfAHistogram() {
    assertEquals(
        34_567, Heap.total(" num  #instances  #bytes\n   1:  20  30  [B\nTotal    12    34567\n"));
  }
}
