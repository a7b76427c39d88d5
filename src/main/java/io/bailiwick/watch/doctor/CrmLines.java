package io.bailiwick.watch.doctor;

import io.bailiwick.lead.AccessTrouble;
import io.bailiwick.lead.CrmInspection;
import io.bailiwick.lead.CrmInspection.Call;
import io.bailiwick.lead.CrmInspection.Step;
import io.bailiwick.lead.CrmInspection.Verdict;
import io.bailiwick.lead.Diagnosis.Line;
import io.bailiwick.lead.Flag;
import io.bailiwick.lead.TerritoryReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The lines that the CRM's answers give: from the network up to the list of territories. A line
 * that a broken one hides is left out. Pure.
 */
final class CrmLines {

  /** The dialect that believes a SUCCESS, and so may be deceived by one. */
  static final String CLASSIC = "classic";

  private static final String API_USER =
      "Setup > Users and Control > Users: the API user, and the token made for it";

  private final CrmInspection seen;
  private final DoctorSettings settings;
  private final List<Line> lines = new ArrayList<>();

  private CrmLines(CrmInspection seen, DoctorSettings settings) {
    this.seen = seen;
    this.settings = settings;
  }

  static List<Line> of(CrmInspection seen, DoctorSettings settings) {
    var made = new CrmLines(seen, settings);
    if (made.network() && made.token()) {
      made.scopes();
      made.clock();
      made.feature();
      made.territories();
    }
    return made.lines;
  }

  private boolean network() {
    Call first = first();
    if (first.verdict() == Verdict.UNREACHABLE) {
      fail(
          "crm_reachable",
          seen.address() + ": " + first.detail(),
          "Check crm.base-url (the domain of your data centre), name resolution, proxy and"
              + " firewall from this machine.");
      return false;
    }
    boolean secured = first.verdict() != Verdict.TLS_FAILED;
    ok("crm_reachable", seen.address() + " answers");
    if (!secured) {
      fail(
          "tls",
          first.detail(),
          "Let this Java trust the certificate's issuer (a proxy's own, perhaps), and check that"
              + " crm.base-url names the host of the certificate.");
    } else if (seen.secure()) {
      ok("tls", "the certificate is valid");
    } else if (local()) {
      ok("tls", "none, and none needed on this machine");
    } else {
      warn("tls", "none: the token and leads travel in clear", "Use https in crm.base-url.");
    }
    return secured;
  }

  private boolean token() {
    Call first = first();
    if (first.verdict() == Verdict.NO_TOKEN || first.verdict() == Verdict.TOKEN_REFUSED) {
      fail(
          "token",
          first.detail(),
          first.verdict() == Verdict.NO_TOKEN
              ? AccessTrouble.NO_TOKEN.advice()
              : "Run bailiwick connect, or make a new token and put it where crm.token-file says. "
                  + API_USER
                  + ".");
      return false;
    }
    if (first.verdict() == Verdict.LIMITED || first.verdict() == Verdict.UNREADABLE) {
      fail(
          "crm_answers",
          first.detail(),
          first.verdict() == Verdict.LIMITED
              ? "The account's calls are used up: Setup > Developer Hub > APIs and SDKs > API"
                  + " Usage. Sending goes on by itself."
              : "Check that crm.base-url is the API's address and not a login page or a proxy.");
      return false;
    }
    ok("token", seen.token().isEmpty() ? "accepted" : "accepted; " + seen.token());
    return true;
  }

  private void scopes() {
    List<Call> missing = with(Verdict.SCOPE_MISSING);
    if (missing.isEmpty()) {
      ok("scopes", "every call was let in");
    } else {
      fail(
          "scopes",
          "the token may not read " + steps(missing),
          AccessTrouble.SCOPE_MISSING.advice());
    }
  }

  private void clock() {
    if (seen.serverTime() == null) {
      warn("clock", "the CRM does not tell its time", "Keep this machine's clock by NTP.");
      return;
    }
    Duration skew = Duration.between(seen.heardAt(), seen.serverTime());
    String told = "%+d s from ours".formatted(skew.toSeconds());
    String advice = "Set this machine's clock by NTP; propagation and tokens go by it.";
    if (skew.abs().compareTo(settings.skewFail()) > 0) {
      fail("clock", "the CRM's clock is " + told, advice);
    } else if (skew.abs().compareTo(settings.skewWarn()) > 0) {
      warn("clock", "the CRM's clock is " + told, advice);
    } else {
      ok("clock", "the CRM's clock is " + told);
    }
  }

  private void feature() {
    if (with(Verdict.FEATURE_OFF).isEmpty()) {
      ok("feature", "territory management is on");
    } else {
      fail(
          "feature",
          "territory management is off in this organisation",
          "Setup > Security Control > Territory Management > Enable. For the Leads module ask"
              + " Zoho's support to switch it on.");
    }
  }

  private void territories() {
    TerritoryReading reading = seen.reading();
    Verdict first = first().verdict();
    if (reading == null) {
      if (first == Verdict.FORBIDDEN || first == Verdict.OK) {
        fail(
            "territories",
            "the list of territories cannot be read: " + first().detail(),
            "Let the API user's profile read territories: Setup > Security Control > Profiles >"
                + " the API user's profile.");
      }
      return;
    }
    ok("territories", "%,d read".formatted(reading.territories().size()));
    dialect(reading);
  }

  /** By the fields that only the classic dialect has. */
  private void dialect(TerritoryReading reading) {
    long flagged =
        reading.territories().stream()
            .filter(t -> t.active() != Flag.UNKNOWN || t.apiEnabled() != Flag.UNKNOWN)
            .count();
    String told = "%,d of %,d territories tell status or api_enabled";
    if (!seen.dialect().equals(CLASSIC)) {
      ok("dialect", seen.dialect() + ": an assignment counts when its record shows it");
    } else if (flagged > 0) {
      String what = "classic: " + told.formatted(flagged, reading.territories().size());
      ok("dialect", what);
    } else {
      warn(
          "dialect",
          "answers as Zoho's documented API does: none of its territories tells status or"
              + " api_enabled",
          "There a classic `Territory` write is ignored with SUCCESS: leads would be said to be"
              + " assigned and are not. Keep crm.verify on, and change to the dialect zoho-v8.");
    }
  }

  private Call first() {
    return Objects.requireNonNull(seen.call(Step.TERRITORIES));
  }

  private boolean local() {
    return Set.of("http://127.0.0.1", "http://localhost").stream()
        .anyMatch(base -> seen.address().startsWith(base));
  }

  private List<Call> with(Verdict verdict) {
    return seen.calls().stream().filter(call -> call.verdict() == verdict).toList();
  }

  private static String steps(List<Call> calls) {
    return calls.stream()
        .map(call -> call.step().name().toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private void ok(String check, String what) {
    lines.add(Line.ok(check, what));
  }

  private void warn(String check, String what, String advice) {
    lines.add(Line.warn(check, what, advice));
  }

  private void fail(String check, String what, String advice) {
    lines.add(Line.fail(check, what, advice));
  }
}
