package io.bailiwick.bench;

import io.bailiwick.flow.Rulebook;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.TerritorySnapshot;
import java.lang.management.ManagementFactory;
import java.util.List;

/** The heap that is left after a collection, while one session judges millions of leads. */
final class HeapGrowth {

  private static final int DEFAULT_LEADS = 5_000_000;
  private static final int TIMES = 10;

  /** One part in fifty, and no less than this many bytes. */
  private static final double BOUND = 1.02;

  private static final long SLACK = 1 << 20;

  private HeapGrowth() {}

  static void print(List<String> arguments) {
    int leads = arguments.isEmpty() ? DEFAULT_LEADS : Integer.parseInt(arguments.get(0));
    var work = new Workload(Workload.Kind.LOOKUP, 100, 100);
    TerritorySnapshot snapshot = work.snapshot();
    List<Lead> some = work.leads();
    long first = 0;
    long last = 0;
    try (Rulebook rulebook = Cpu.rulebook(work.files())) {
      for (int time = 1; time <= TIMES; time++) {
        for (int done = 0; done < leads / TIMES; done += some.size()) {
          rulebook.decide(some, snapshot, Workload.NOW).toCompletableFuture().join();
        }
        last = used();
        first = time == 1 ? last : first;
        System.out.printf("%,10d leads: %.2f MiB%n", leads / TIMES * time, last / 1048576.0);
      }
    }
    if (last > Math.max(first * BOUND, first + SLACK)) {
      throw new IllegalStateException("the heap grew from %d to %d bytes".formatted(first, last));
    }
  }

  private static long used() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
