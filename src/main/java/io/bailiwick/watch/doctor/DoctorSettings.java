package io.bailiwick.watch.doctor;

import io.bailiwick.watch.audit.AuditSettings;
import java.time.Duration;

/**
 * The doctor's knobs.
 *
 * @param skewWarn how far the CRM's clock may be from ours before it is said
 * @param skewFail and before it is wrong: tokens and creation times can no longer be trusted
 * @param freeWarn bytes free on the journal's disk below which it is said
 * @param freeFail and below which the journal is about to refuse leads
 */
public record DoctorSettings(
    AuditSettings audit, Duration skewWarn, Duration skewFail, long freeWarn, long freeFail) {

  private static final long MIB = 1L << 20;

  /** 30 s and 5 minutes, 1 GiB and 100 MiB. */
  public static DoctorSettings of(AuditSettings audit) {
    return new DoctorSettings(
        audit, Duration.ofSeconds(30), Duration.ofMinutes(5), 1024 * MIB, 100 * MIB);
  }
}
