package io.bailiwick.bench.process;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a JVM holds and takes of its heap, asked from outside by the JDK's own tools. */
public final class Heap {

  private Heap() {}

  /** Bytes that are left after a full collection. */
  public static long live(Child child, Path log) {
    List<String> command =
        List.of(Java.program("jcmd"), Long.toString(child.pid()), "GC.class_histogram");
    try (Child jcmd = Child.start(log, Map.of(), command)) {
      return total(jcmd.ended());
    }
  }

  /** Of a class histogram's last line: {@code Total INSTANCES BYTES}. */
  static long total(String histogram) {
    String last =
        histogram
            .lines()
            .filter(line -> line.startsWith("Total"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no histogram: " + histogram));
    return Long.parseLong(last.strip().split("\\s+")[2]);
  }

  /** Bytes that its living threads have taken since they began. */
  public static long allocated(Child child) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(child.pid()));
      String address = machine.startLocalManagementAgent();
      machine.detach();
      try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
        ThreadMXBean threads =
            ManagementFactory.newPlatformMXBeanProxy(
                connector.getMBeanServerConnection(),
                ManagementFactory.THREAD_MXBEAN_NAME,
                ThreadMXBean.class);
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
          sum += Math.max(0, bytes);
        }
        return sum;
      }
    } catch (IOException | AttachNotSupportedException e) {
      throw new IllegalStateException("the JVM cannot be asked", e);
    }
  }
}
