package io.penstock.benchmarks;

import static io.penstock.benchmarks.Statistics.median;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Penstock beside itself, where something is not to make a difference: the first contender is what the others are compared with. */
record SelfRow(String name, Mark mark) {

    static final String HEAD = "| work | how | CPU s/M (records/s) | bytes allocated a record"
            + " | ratio to the first (spread) | mark | met |\n|---|---|---|---|---|---|---|";

    List<String> measure(List<Contender> contenders, Child broker, Effort effort, Report report) throws IOException {
        List<Contest.Lane<Window>> lanes =
                ThroughputRow.contest(broker, effort).run(contenders, effort.window(), effort.window());
        List<Window> first = lanes.get(0).windows();
        List<String> lines = new ArrayList<>();
        lines.add(line(lanes.get(0), " | | "));
        for (Contest.Lane<Window> lane : lanes.subList(1, lanes.size())) {
            double[] ratios = Statistics.sortedRatios(first, lane.windows(), Window::cpuSecondsPerMillion);
            lines.add(line(
                    lane,
                    String.format(
                            Locale.ROOT,
                            "%s | %.2f | %s",
                            ThroughputRow.spread(ratios),
                            mark.ratio(),
                            report.judge(name + ": " + lane.label(), mark, ratios[ratios.length / 2]))));
        }
        return lines;
    }

    private String line(Contest.Lane<Window> lane, String end) throws IOException {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.0f | %s |",
                name,
                lane.label(),
                ThroughputRow.cost(lane.windows()),
                median(lane.windows(), Window::allocatedBytes),
                end);
    }
}
