package io.bailiwick.hands;

import io.bailiwick.AroundPort;
import io.bailiwick.flow.Crm;
import io.bailiwick.flow.DirectorySettings;
import io.bailiwick.flow.Journal;
import io.bailiwick.flow.Ports;
import io.bailiwick.flow.TerritoryDirectory;
import io.bailiwick.sandbox.SandboxCrm;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Territory directories beside that of the world's own flow. */
final class Directories {

  /** What they told. */
  final SignalsHeard heard = new SignalsHeard();

  /** How often they asked the CRM. */
  int readings;

  /** Whether the CRM's client breaks. */
  boolean broken;

  private final World world;

  Directories(World world) {
    this.world = world;
  }

  TerritoryDirectory of(Journal journal) {
    return of(journal, () -> {});
  }

  TerritoryDirectory of(Journal journal, Runnable changed) {
    Crm crm =
        AroundPort.of(
            Crm.class,
            new SandboxCrm(world.crm, world.timers, Duration.ofSeconds(30)),
            this::called);
    var ports = new Ports(journal, crm, world.timers, heard);
    return new TerritoryDirectory(ports, DirectorySettings.DEFAULT, changed);
  }

  private Object called(String method, Object[] arguments, AroundPort.Real real) throws Throwable {
    if (!method.equals("territories")) {
      return real.call();
    }
    readings++;
    return broken
        ? CompletableFuture.failedStage(new IllegalStateException("a mistake"))
        : real.call();
  }
}
