package io.bailiwick.sandbox;

import io.bailiwick.lead.CrmInspection;
import io.bailiwick.lead.CrmInspection.Call;
import io.bailiwick.lead.CrmInspection.Step;
import io.bailiwick.lead.CrmInspection.Verdict;
import io.bailiwick.lead.Nullable;
import io.bailiwick.lead.TerritoryReading;
import io.bailiwick.sandbox.PortCalls.Heard;
import io.bailiwick.sandbox.PortCalls.Served;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The port face's round of calls, with the verdicts the real client makes of the HTTP face. */
final class PortInspection {

  private final SandboxModel model;
  private final PortCalls calls;
  private final List<Call> made = new ArrayList<>();
  private @Nullable Instant heardAt;

  PortInspection(SandboxModel model, PortCalls calls) {
    this.model = model;
    this.calls = calls;
  }

  /** The calls alone; only the first where that one did not end well. */
  CompletionStage<CrmInspection> begin() {
    String user = "/crm/v2/users/" + model.userId() + "/territories";
    String profile = "/crm/v2/settings/profiles/" + People.PROFILE;
    return call(Step.TERRITORIES, "/crm/v2/settings/territories", this::territories)
        .thenCompose(
            ok ->
                ok
                    ? call(Step.USER, "/crm/v2/users", () -> Verdict.OK)
                        .thenCompose(known -> known ? users(user, profile) : done())
                    : done())
        .thenApply(done -> inspection());
  }

  static CrmInspection with(CrmInspection calls, TerritoryReading reading) {
    return new CrmInspection(
        calls.dialect(),
        calls.address(),
        calls.secure(),
        calls.calls(),
        calls.serverTime(),
        calls.heardAt(),
        reading,
        "");
  }

  private CompletionStage<Boolean> users(String own, String profile) {
    return call(Step.MEMBERSHIPS, own, this::memberships)
        .thenCompose(done -> call(Step.PROFILE, profile, () -> Verdict.OK));
  }

  private Verdict territories() {
    return model.territoriesEnabled() ? Verdict.OK : Verdict.FEATURE_OFF;
  }

  private Verdict memberships() {
    return model.userTerritories().isPresent() ? territories() : Verdict.FORBIDDEN;
  }

  private CompletionStage<Boolean> call(Step step, String path, Supplier<Verdict> verdict) {
    return calls
        .call("GET", path, () -> new Served<>(200, verdict.get()))
        .thenApply(
            heard -> {
              Verdict heardAs = verdict(heard);
              if (heardAt == null && !(heard instanceof Heard.Lost<Verdict>)) {
                heardAt = model.now();
              }
              made.add(new Call(step, heardAs, "the sandbox: " + heardAs.told()));
              return heardAs == Verdict.OK;
            });
  }

  private static Verdict verdict(Heard<Verdict> heard) {
    if (heard instanceof Heard.Got<Verdict> got) {
      return got.value();
    }
    if (heard instanceof Heard.Refused<Verdict> refused) {
      return switch (refused.status()) {
        case 401 -> Verdict.TOKEN_REFUSED;
        case 403 -> Verdict.SCOPE_MISSING;
        case 429 -> Verdict.LIMITED;
        default -> Verdict.UNREADABLE;
      };
    }
    return Verdict.UNREACHABLE;
  }

  private CrmInspection inspection() {
    Instant heard = heardAt;
    Instant told = heard == null ? null : heard.truncatedTo(ChronoUnit.SECONDS);
    Instant at = heard == null ? model.now() : heard;
    return new CrmInspection("classic", "sandbox", false, made, told, at, null, "");
  }

  private static CompletionStage<Boolean> done() {
    return CompletableFuture.completedStage(false);
  }
}
