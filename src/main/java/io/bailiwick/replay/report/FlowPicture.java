package io.bailiwick.replay.report;

import io.bailiwick.lead.Change;
import io.bailiwick.lead.Standing;
import io.bailiwick.replay.compare.Group;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where leads went before and go now, as a picture: ribbons from the old to the new, as wide as
 * there are leads; a matrix where there are more than twelve places, which ribbons would tangle.
 */
final class FlowPicture {

  private static final int MOST_PLACES = 12;
  private static final int WIDTH = 860;
  private static final int BAR = 14;
  private static final int LEFT = 250;
  private static final int RIGHT = WIDTH - 250;
  private static final int GAP = 10;
  private static final int HEIGHT = 420;

  /** Leads that went from one place to another in one way. */
  private record Flow(Change change, String from, String to, long count) {}

  private final List<Flow> flows = new ArrayList<>();

  FlowPicture(List<Group> groups) {
    Map<List<String>, Flow> merged = new LinkedHashMap<>();
    for (Group group : groups) {
      var flow = new Flow(group.change(), told(group.from()), told(group.to()), group.count());
      merged.merge(
          List.of(flow.from, flow.to),
          flow,
          (a, b) -> new Flow(a.change, a.from, a.to, a.count + b.count));
    }
    flows.addAll(merged.values());
    flows.sort(Comparator.comparing(Flow::from).thenComparing(Flow::to));
  }

  private static String told(Standing standing) {
    return standing.told();
  }

  /** The picture as SVG or a table; a sentence where nothing moves. */
  String markup() {
    SortedSet<String> places = new TreeSet<>();
    flows.forEach(flow -> places.addAll(List.of(flow.from, flow.to)));
    if (flows.isEmpty()) {
      return "<p>No lead goes elsewhere.</p>";
    }
    return places.size() > MOST_PLACES ? matrix(places) : ribbons();
  }

  private String ribbons() {
    long all = flows.stream().mapToLong(Flow::count).sum();
    Map<String, Long> before = new TreeMap<>();
    Map<String, Long> after = new TreeMap<>();
    flows.forEach(
        flow -> {
          before.merge(flow.from, flow.count, Long::sum);
          after.merge(flow.to, flow.count, Long::sum);
        });
    int gaps = GAP * (Math.max(before.size(), after.size()) - 1);
    double scale = (HEIGHT - gaps - 20.0) / all;
    Map<String, Double> left = tops(before, scale);
    Map<String, Double> right = tops(after, scale);
    var svg = new Markup();
    svg.raw(
        "<svg role=\"img\" viewBox=\"0 0 %d %d\" aria-label=\"%s\">",
        WIDTH, HEIGHT, "Leads from their old place on the left to their new on the right");
    Map<String, Double> leftAt = new TreeMap<>(left);
    Map<String, Double> rightAt = new TreeMap<>(right);
    for (Flow flow : flows) {
      ribbon(svg, flow, leftAt, rightAt, scale);
    }
    bars(svg, before, left, scale, true);
    bars(svg, after, right, scale, false);
    return svg.raw("</svg>").toString();
  }

  private static Map<String, Double> tops(Map<String, Long> counts, double scale) {
    Map<String, Double> tops = new TreeMap<>();
    double top = 10;
    for (Map.Entry<String, Long> one : counts.entrySet()) {
      tops.put(one.getKey(), top);
      top += one.getValue() * scale + GAP;
    }
    return tops;
  }

  private static void ribbon(
      Markup svg,
      Flow flow,
      Map<String, Double> leftAt,
      Map<String, Double> rightAt,
      double scale) {
    double high = flow.count * scale;
    double y1 = leftAt.merge(flow.from, high, Double::sum) - high;
    double y2 = rightAt.merge(flow.to, high, Double::sum) - high;
    double from = LEFT + BAR;
    double middle = (from + RIGHT) / 2;
    svg.raw("<path class=\"ribbon " + flow.change.word() + "\" ");
    svg.raw(
        "d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f %d %.1fV%.1fC%.1f %.1f %.1f %.1f %.1f %.1fZ\">",
        from, y1, middle, y1, middle, y2, RIGHT, y2, y2 + high, middle, y2 + high, middle,
        y1 + high, from, y1 + high);
    svg.raw("<title>").text(flow.from + " → " + flow.to).raw(": %d</title></path>", flow.count);
  }

  private static void bars(
      Markup svg, Map<String, Long> counts, Map<String, Double> tops, double scale, boolean left) {
    counts.forEach(
        (place, count) -> {
          double top = tops.getOrDefault(place, 0.0);
          double high = Math.max(1, count * scale);
          svg.raw(
              "<rect class=\"bar\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>",
              left ? LEFT : RIGHT, top, BAR, high);
          svg.raw(
              "<text x=\"%d\" y=\"%.1f\" text-anchor=\"%s\">",
              left ? LEFT - 8 : RIGHT + BAR + 8, top + high / 2 + 4, left ? "end" : "start");
          svg.text(shortened(place)).raw(" %d</text>", count);
        });
  }

  private static String shortened(String place) {
    return place.length() <= 34 ? place : place.substring(0, 33) + "…";
  }

  private String matrix(SortedSet<String> places) {
    SortedSet<String> froms = new TreeSet<>();
    SortedSet<String> tos = new TreeSet<>();
    Map<List<String>, Flow> cells = new LinkedHashMap<>();
    for (Flow flow : flows) {
      froms.add(flow.from);
      tos.add(flow.to);
      cells.put(List.of(flow.from, flow.to), flow);
    }
    long most = flows.stream().mapToLong(Flow::count).max().orElse(1);
    var table = new Markup();
    table.raw("<div class=\"scroll\"><table class=\"matrix\"><caption>");
    table.text("From the row to the column; " + places.size() + " places");
    table.raw("</caption><tr><td></td>");
    tos.forEach(to -> table.element("th", "", shortened(to)));
    table.raw("</tr>");
    for (String from : froms) {
      table.raw("<tr>").element("th", "", shortened(from));
      for (String to : tos) {
        Flow flow = cells.get(List.of(from, to));
        if (flow == null) {
          table.raw("<td></td>");
        } else {
          table.raw("<td class=\"" + flow.change.word() + "\" ");
          table.raw("style=\"--heat:%.2f\">%d</td>", 0.2 + 0.8 * flow.count / most, flow.count);
        }
      }
      table.raw("</tr>");
    }
    return table.raw("</table></div>").toString();
  }
}
