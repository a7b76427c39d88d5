package io.bailiwick.replay.report;

import io.bailiwick.replay.compare.Comparison.Volume;
import java.util.SortedMap;

/** How many leads each territory is assigned before and after, as a dumbbell a territory. */
final class VolumePicture {

  private static final int WIDTH = 860;
  private static final int LINE = 24;
  private static final int LEFT = 250;
  private static final int RIGHT = WIDTH - 120;

  private VolumePicture() {}

  static String markup(SortedMap<String, Volume> volumes) {
    long most =
        volumes.values().stream().mapToLong(v -> Math.max(v.before(), v.after())).max().orElse(1);
    int height = volumes.size() * LINE + 10;
    var svg = new Markup();
    svg.raw(
        "<svg role=\"img\" viewBox=\"0 0 %d %d\" aria-label=\"%s\">",
        WIDTH, height, "Leads assigned to each territory, before and after");
    int line = 0;
    for (var one : volumes.entrySet()) {
      territory(svg, one.getKey(), one.getValue(), most, line++ * LINE + 17);
    }
    return svg.raw("</svg>").toString();
  }

  private static void territory(Markup svg, String name, Volume volume, long most, int y) {
    double before = LEFT + (RIGHT - LEFT) * (double) volume.before() / Math.max(1, most);
    double after = LEFT + (RIGHT - LEFT) * (double) volume.after() / Math.max(1, most);
    svg.raw("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">", LEFT - 10, y + 4)
        .text(name.length() <= 34 ? name : name.substring(0, 33) + "…")
        .raw("</text>");
    svg.raw(
        "<line class=\"link\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>", before, y, after, y);
    svg.raw("<circle class=\"was\" cx=\"%.1f\" cy=\"%d\" r=\"5\"/>", before, y);
    svg.raw("<circle class=\"is\" cx=\"%.1f\" cy=\"%d\" r=\"5\"/>", after, y);
    String change = volume.before() == volume.after() ? "" : " → " + volume.after();
    svg.raw("<text x=\"%.1f\" y=\"%d\">", Math.max(before, after) + 12, y + 4)
        .text(volume.before() + change)
        .raw("</text>");
  }
}
