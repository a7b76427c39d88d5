package io.bailiwick.replay.report;

import io.bailiwick.lead.Change;
import io.bailiwick.lead.Hunk;
import io.bailiwick.lead.Lead;
import io.bailiwick.lead.LeadField;
import io.bailiwick.lead.Receipt.RuleHit;
import io.bailiwick.lead.RuleTrace;
import io.bailiwick.lead.Standing;
import io.bailiwick.replay.CaseResult;
import io.bailiwick.replay.ReplayResult;
import io.bailiwick.replay.compare.Changed;
import io.bailiwick.replay.compare.Comparison;
import io.bailiwick.replay.compare.Group;
import io.bailiwick.replay.compare.Guardrails;
import io.bailiwick.replay.compare.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a change would do, as one HTML page that needs nothing else: verdict, counts, the flow old
 * to new, each territory before and after, what fixtures fire, and the changed leads to be
 * filtered. Light and dark, printable, readable without its script.
 */
public final class HtmlReport {

  /** Fields that say who a person is; a mailed page has no use for them. */
  private static final Set<LeadField> PERSONAL =
      Set.of(
          LeadField.EMAIL,
          LeadField.FIRST_NAME,
          LeadField.LAST_NAME,
          LeadField.PHONE,
          LeadField.WEBSITE,
          LeadField.MODULE);

  private final Verdict verdict;
  private final Comparison comparison;
  private final Markup page = new Markup();

  private HtmlReport(Verdict verdict) {
    this.verdict = verdict;
    this.comparison = verdict.comparison();
  }

  /** The page; {@code head} are lines that say what was compared. */
  public static String of(Verdict verdict, List<String> head) {
    return new HtmlReport(verdict).write(head);
  }

  private String write(List<String> head) {
    page.raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    page.raw("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
    page.raw("<title>").text("Replay: " + conclusion()).raw("</title><style>");
    page.raw(resource("report.css")).raw("</style></head><body><main>");
    header(head);
    tiles();
    section("Where leads go", new FlowPicture(comparison.groups()).markup());
    groups("By change", comparison.groups());
    if (!comparison.world().isEmpty()) {
      groups("Because the territories changed, not the rules", comparison.world());
    }
    section(
        "Each territory: leads assigned before (grey) and after (blue)",
        VolumePicture.markup(comparison.territories()));
    guardrails();
    fixtures(verdict.fixtures());
    table();
    page.raw("</main><script>").raw(resource("report.js")).raw("</script></body></html>\n");
    return page.toString();
  }

  private String conclusion() {
    if (!verdict.publishable()) {
      return "Blocked";
    }
    return comparison.changes() == 0 ? "Safe" : "Review";
  }

  private void header(List<String> head) {
    page.raw("<header><h1>What this change of the rules would do</h1>");
    page.element("p", "pill " + conclusion().toLowerCase(java.util.Locale.ROOT), conclusion());
    head.stream().filter(line -> !line.isBlank()).forEach(line -> page.element("p", "", line));
    if (comparison.changes() == 0) {
      page.element("p", "", "No decision of " + comparison.total() + " leads changes.");
    }
    page.raw("</header>");
  }

  private void tiles() {
    page.raw("<ul class=\"tiles\">");
    for (Change change : Change.values()) {
      long count = comparison.count(change);
      double share = comparison.total() == 0 ? 0 : count * 100.0 / comparison.total();
      page.raw("<li class=\"" + change.word() + "\"><b>%d</b> ", count);
      page.text(change.sign() + " " + change.told()).raw(" <small>%.1f %%</small></li>", share);
    }
    page.raw("</ul>");
  }

  private void section(String title, String markup) {
    page.raw("<section>").element("h2", "", title).raw(markup).raw("</section>");
  }

  private void groups(String title, List<Group> groups) {
    page.raw("<section>").element("h2", "", title);
    page.raw("<table><tr><th>Change</th><th>From</th><th>To</th><th>Leads</th>");
    page.raw("<th>Caused by</th></tr>");
    for (Group group : groups) {
      page.raw("<tr class=\"" + group.change().word() + "\">");
      page.element("td", "", group.change().sign() + " " + group.change().told());
      page.element("td", "", group.from().told()).element("td", "", group.to().told());
      page.raw("<td class=\"number\">%d</td><td>", group.count());
      page.text(group.together() && group.causes().size() > 1 ? "together: " : "");
      group.causes().forEach(cause -> page.element("code", "", cause.told()).raw("<br>"));
      page.raw("</td></tr>");
    }
    page.raw("</table></section>");
    unseen();
  }

  private void unseen() {
    List<Hunk> seen = comparison.groups().stream().flatMap(g -> g.causes().stream()).toList();
    List<Hunk> unseen = comparison.hunks().stream().filter(h -> !seen.contains(h)).toList();
    if (!unseen.isEmpty()) {
      page.raw("<section class=\"warn\">").element("h2", "", "No lead shows what these do");
      unseen.forEach(hunk -> page.element("p", "", hunk.told()));
      page.raw("</section>");
    }
  }

  private void guardrails() {
    if (!verdict.guardrails().isEmpty()) {
      page.raw("<section>").element("h2", "", "Guardrails").raw("<ul>");
      for (Guardrails.Seen seen : verdict.guardrails()) {
        String word = seen.kept() ? "✓ kept: " : "✗ broken: ";
        page.element("li", seen.kept() ? "kept" : "broken", word + seen.told());
      }
      page.raw("</ul></section>");
    }
  }

  private void fixtures(@io.bailiwick.lead.Nullable ReplayResult fixtures) {
    if (fixtures == null) {
      return;
    }
    page.raw("<section>").element("h2", "", "Fixtures");
    var coverage = fixtures.coverage();
    int fired = coverage.rules() - coverage.neverFired().size() - coverage.declared().size();
    long passed = fixtures.count(CaseResult.Outcome.PASS);
    bar("expectations that hold", passed, fixtures.results().size());
    bar("rules that a fixture fires", fired, coverage.rules());
    for (CaseResult one : fixtures.results()) {
      if (one.outcome() != CaseResult.Outcome.PASS) {
        String told = String.join("; ", one.details());
        page.element("p", "broken", "✗ " + one.place() + " " + one.name() + ": " + told);
      }
    }
    for (RuleHit rule : coverage.neverFired()) {
      page.element("p", "", "not fired: " + rule.place() + " " + rule.rule());
    }
    page.raw("</section>");
  }

  private void bar(String what, long some, long all) {
    page.raw("<p class=\"meter\"><meter min=\"0\" max=\"%d\" value=\"%d\"></meter> ", all, some);
    page.text("%d of %d %s".formatted(some, all, what)).raw("</p>");
  }

  private void table() {
    if (comparison.changed().isEmpty()) {
      return;
    }
    page.raw("<section>").element("h2", "", "Changed leads");
    page.raw("<p><label>Filter <input id=\"filter\" type=\"search\"></label> ");
    page.text("The first " + comparison.changed().size() + " of " + comparison.changes());
    page.raw("</p><div class=\"scroll\"><table id=\"leads\"><thead><tr><th>Change</th>");
    page.raw("<th>Lead</th><th>Values</th><th>Was</th><th>Now</th><th>Rule was</th>");
    page.raw("<th>Rule now</th></tr></thead><tbody>");
    comparison.changed().forEach(this::row);
    page.raw("</tbody></table></div></section>");
  }

  private void row(Changed one) {
    page.raw("<tr class=\"" + one.change().word() + "\">");
    page.element("td", "", one.change().sign() + " " + one.change().told());
    String place = one.row().place();
    String name = one.row().name();
    page.element("td", "", name.equals(place) ? place : place + " " + name);
    page.element("td", "", values(one.row().lead()));
    page.element("td", "", Standing.of(one.before()).told());
    RuleTrace nearest = verdict.nearest().get(place);
    String near =
        nearest == null ? "" : "; nearest \"" + nearest.rule().rule() + "\": " + nearest.told();
    page.element("td", "", Standing.of(one.after()).told() + near);
    page.element("td", "", rule(one.before().receipt().winner()));
    page.element("td", "", rule(one.after().receipt().winner()));
    page.raw("</tr>");
  }

  private static String rule(@io.bailiwick.lead.Nullable RuleHit hit) {
    return hit == null ? "—" : hit.rule() + " (" + hit.place() + ")";
  }

  /** What rules go by, without what says who a person is. */
  private static String values(Lead lead) {
    String values =
        lead.values().entrySet().stream()
            .filter(value -> !PERSONAL.contains(value.getKey()))
            .map(value -> value.getKey().wireName() + "=" + value.getValue())
            .collect(Collectors.joining(", "));
    return lead.emailDomain() == null
        ? values
        : values + (values.isEmpty() ? "" : ", ") + "emailDomain=" + lead.emailDomain();
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
