package io.bailiwick.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class JavaTest {

  @Test
  void theLimitsGetTheShippedFlagsButNoArchiveOfAnotherJar() {
    String line =
        "java\0-XX:+UseSerialGC\0-XX:SharedArchiveFile=x.jsa\0-XX:AOTCache=x.aot\0-Xshare:auto\0"
            + "-Xmx512m\0-jar\0bailiwick.jar\0serve\0-Xnot-ours\0";
    assertEquals(List.of("-XX:+UseSerialGC", "-Xmx512m"), Java.flags(line));
  }

  @Test
  void aLauncherThatStaysBesideItsJvmCannotBeMeasured() {
    assertThrows(IllegalStateException.class, () -> Java.flags("sh\0bin/bailiwick\0serve\0"));
  }
}
