package io.bailiwick.watch.doctor;

import io.bailiwick.flow.Crm;
import io.bailiwick.flow.Journal;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the doctor examines. A part that could not even be made is a stage that fails with why.
 *
 * @param worker runs what takes long, beside the event loops
 */
public record DoctorParts(
    Supplier<CompletionStage<Crm>> crm,
    Supplier<CompletionStage<Journal>> journal,
    Supplier<CompletionStage<RulesSight>> rules,
    Executor worker,
    InstantSource clock) {}
