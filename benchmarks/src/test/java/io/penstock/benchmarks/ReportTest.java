package io.penstock.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    Path directory;

    @Test
    void writeTo_replacesWhatStandsBetweenTheMarks_andNothingElse() throws IOException {
        Path document = directory.resolve("performance.md");
        Files.writeString(document, "before\n" + Report.BEGIN + "\nold\n" + Report.END + "\nafter\n");
        Report report = new Report();
        report.line("| new |");
        report.writeTo(document);
        report.writeTo(document);
        assertThat(document).hasContent("before\n" + Report.BEGIN + "\n\n| new |\n\n" + Report.END + "\nafter\n");
    }

    @Test
    void writeTo_whenTheMarksAreGone_saysSo() throws IOException {
        Path document = directory.resolve("performance.md");
        Files.writeString(document, "no marks");
        assertThatThrownBy(() -> new Report().writeTo(document)).hasMessageContaining(Report.BEGIN);
        assertThat(document).hasContent("no marks");
    }

    @Test
    void theDocument_hasTheMarks() throws IOException {
        assertThat(Files.readString(Path.of("../docs/performance.md"))).contains(Report.BEGIN, Report.END);
    }

    @Test
    void windows_comeThroughAPipeAsTheyAre() {
        Window window = new Window(1_000_000, 1.5, 0.25, 0.125, 138.5, 2, 3);
        assertThat(Window.parse(window.toString())).isEqualTo(window);
        Histogram latencies = new Histogram(60_000_000_000L, 3);
        latencies.recordValue(80_000);
        latencies.recordValue(9_000_000);
        PacedWindow paced = PacedWindow.parse(new PacedWindow(2, 0.5, 2, 0.25, 1_000, latencies).toString());
        assertThat(paced.latencies()).isEqualTo(latencies);
        assertThat(paced.bytesPerRequest()).isEqualTo(500);
        assertThat(paced.microsPerRequest()).isEqualTo(125_000);
    }

    @Test
    void ratios_areOfNeighbours() {
        double[] ratios = Statistics.sortedRatios(List.of(1.0, 2.0, 4.0), List.of(0.5, 0.5, 4.0), each -> each);
        assertThat(Arrays.stream(ratios).boxed()).containsExactly(0.25, 0.5, 1.0);
    }
}
