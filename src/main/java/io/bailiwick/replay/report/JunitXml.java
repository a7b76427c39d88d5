package io.bailiwick.replay.report;

import io.bailiwick.lead.Nullable;
import io.bailiwick.replay.CaseResult;
import io.bailiwick.replay.ReplayResult;
import io.bailiwick.replay.compare.Guardrails;
import io.bailiwick.replay.compare.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What a replay showed as JUnit XML, the form that every CI reads: fixtures and guardrails. */
public final class JunitXml {

  /** One case of the file; {@code failure} is null for one that passed. */
  private record Case(
      String group, String name, CaseResult.Outcome outcome, @Nullable String failure) {}

  private JunitXml() {}

  /** Of the fixtures alone. */
  public static String of(ReplayResult result) {
    return write(cases(result));
  }

  /** Of the fixtures and of what the change was held against. */
  public static String of(Verdict verdict) {
    List<Case> cases = new ArrayList<>();
    if (verdict.fixtures() != null) {
      cases.addAll(cases(verdict.fixtures()));
    }
    for (Guardrails.Seen seen : verdict.guardrails()) {
      cases.add(
          new Case(
              "guardrails",
              seen.told(),
              seen.kept() ? CaseResult.Outcome.PASS : CaseResult.Outcome.FAIL,
              seen.told()));
    }
    return write(cases);
  }

  private static List<Case> cases(ReplayResult result) {
    List<Case> cases = new ArrayList<>();
    for (CaseResult one : result.results()) {
      String file = one.place().replaceAll("#.*", "");
      cases.add(
          new Case(
              "fixtures." + file.replaceAll("[.]json$", "").replace('/', '.'),
              one.place() + " " + one.name(),
              one.outcome(),
              String.join("\n", one.details())));
    }
    result
        .coverage()
        .neverFired()
        .forEach(
            rule ->
                cases.add(
                    new Case(
                        "coverage",
                        rule.rule(),
                        CaseResult.Outcome.FAIL,
                        rule.place() + " is fired by no fixture")));
    return cases;
  }

  private static String write(List<Case> cases) {
    long failures = cases.stream().filter(c -> c.outcome() == CaseResult.Outcome.FAIL).count();
    long errors = cases.stream().filter(c -> c.outcome() == CaseResult.Outcome.ERROR).count();
    var xml = new Markup();
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites><testsuite ");
    xml.raw(
        "name=\"replay\" tests=\"%d\" failures=\"%d\" errors=\"%d\">\n",
        cases.size(), failures, errors);
    for (Case one : cases) {
      xml.raw("<testcase classname=\"").text(one.group()).raw("\" name=\"");
      xml.text(one.name()).raw("\"");
      switch (one.outcome()) {
        case PASS -> xml.raw("/>\n");
        case FAIL -> ended(xml, "failure", one.failure());
        case ERROR -> ended(xml, "error", one.failure());
      }
    }
    return xml.raw("</testsuite></testsuites>\n").toString();
  }

  private static void ended(Markup xml, String element, @Nullable String told) {
    xml.raw("><" + element + ">").text(told == null ? "" : told);
    xml.raw("</" + element + "></testcase>\n");
  }
}
