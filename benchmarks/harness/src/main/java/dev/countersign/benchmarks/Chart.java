package dev.countersign.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Groups of bars as an SVG picture that can be read on light and on dark ground. */
final class Chart {
    private record Bar(String name, double value, boolean own) {}

    private record Group(String name, List<Bar> bars) {}

    private static final int WIDTH = 760;
    private static final int LEFT = 190;
    private static final int RIGHT = 90;
    private static final int BAR = 18;
    private static final int STEP = 24;
    private static final int GROUP = 44;
    private static final int TOP = 56;

    private final String title;
    private final String note;
    private final List<Group> groups = new ArrayList<>();

    /** With a title and a smaller line below it. */
    Chart(String title, String note) {
        this.title = title;
        this.note = note;
    }

    /** Begins a group; each has a scale of its own. */
    void group(String name) {
        groups.add(new Group(name, new ArrayList<>()));
    }

    /**
     * Adds to the group that was begun last.
     *
     * @param own whether the bar stands out
     */
    void bar(String name, double value, boolean own) {
        groups.get(groups.size() - 1).bars().add(new Bar(name, value, own));
    }

    String svg() {
        StringBuilder body = new StringBuilder();
        int y = TOP;
        for (Group group : groups) {
            if (group.bars().isEmpty()) {
                continue;
            }
            y += GROUP / 2;
            body.append(text("group", 12, y, "start", group.name()));
            y += GROUP / 4;
            double most = group.bars().stream().mapToDouble(Bar::value).max().orElse(1);
            for (Bar bar : group.bars()) {
                double length = Math.max(1, Math.max(0, bar.value()) / Math.max(most, 0.01) * (WIDTH - LEFT - RIGHT));
                String kind = bar.own() ? "own" : "other";
                body.append(text(kind + "-name", LEFT - 8, y + BAR - 5, "end", bar.name()));
                body.append(String.format(
                        Locale.ROOT,
                        "  <rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                        kind,
                        LEFT,
                        y,
                        length,
                        BAR));
                body.append(text(kind + "-name", (int) (LEFT + length + 6), y + BAR - 5, "start", figure(bar.value())));
                y += STEP;
            }
        }
        return String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" \
                aria-label="%s">
                  <style>
                    text { font: 13px system-ui, sans-serif; fill: #24292f; }
                    .title { font-size: 17px; font-weight: 600; }
                    .group, .own-name { font-weight: 600; }
                    .note { fill: #57606a; }
                    .own { fill: #0b6bcb; }
                    .other { fill: #9aa4af; }
                    @media (prefers-color-scheme: dark) {
                      text { fill: #e6edf3; }
                      .note { fill: #9198a1; }
                      .own { fill: #4c9aed; }
                      .other { fill: #59636e; }
                    }
                  </style>
                %s%s%s</svg>
                """,
                WIDTH,
                y + 16,
                WIDTH,
                y + 16,
                escaped(title),
                text("title", 12, 24, "start", title),
                text("note", 12, 44, "start", note),
                body);
    }

    /** Two places below ten, one below a hundred, none above. */
    static String figure(double value) {
        int places = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + places + "f µs", value);
    }

    private static String text(String kind, int x, int y, String anchor, String text) {
        return "  <text class=\"" + kind + "\" x=\"" + x + "\" y=\"" + y + "\" text-anchor=\"" + anchor + "\">"
                + escaped(text) + "</text>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
